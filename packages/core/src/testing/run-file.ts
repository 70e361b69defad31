import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { listRunLog, listRunLogInput } from "../run/run-log.ts";
import type { RunSummary } from "../run/run-summary.ts";
import { startRun, startRunInput } from "../run/start-run.ts";
import { watchRun } from "../run/watch-run.ts";
import { storeFile } from "../stored-file/store-file.ts";
import type { StoredFile } from "../stored-file/stored-file.ts";

/** Keeps text or bytes as a file. */
export async function keepFile(ctx: Context, name: string, content: string | Uint8Array): Promise<StoredFile> {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return await storeFile(ctx, { name, bytes: once(bytes) });
}

/** What a test asks for besides the file. */
interface Wanted {
  name?: string;
  parameters?: Record<string, unknown>;
  attachments?: Record<string, string>;
  test?: boolean;
}

/** Applies a definition, keeps the file, runs it and waits for the end. */
export async function runFile(
  ctx: Context,
  yaml: string,
  file: { name?: string; content: string | Uint8Array },
  wanted: Wanted = {},
): Promise<RunSummary> {
  return await endOf(ctx, await startFile(ctx, yaml, file, wanted));
}

/** Applies a definition, keeps the file and starts a run of it, whose id it gives. */
export async function startFile(
  ctx: Context,
  yaml: string,
  file: { name?: string; content: string | Uint8Array },
  wanted: Wanted = {},
): Promise<string> {
  const { key } = await applyIntegration(ctx, { yaml });
  const source = await keepFile(ctx, file.name ?? "source.csv", file.content);
  return (await startRun(ctx, startRunInput.parse({ ...wanted, integration: key, sourceFile: source.id }))).id;
}

/** The Run Summary of a run once it is over. */
export async function endOf(ctx: Context, run: string): Promise<RunSummary> {
  let last: RunSummary | undefined;
  for await (const summary of watchRun(ctx, { run })) last = summary;
  if (!last) throw new Error("The run was never seen.");
  return last;
}

/** The messages of a run's log, a line each. */
export async function told(ctx: Context, run: string): Promise<string> {
  const { items } = await listRunLog(ctx, listRunLogInput.parse({ run }));
  return items.map((line) => line.message).join("\n");
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
