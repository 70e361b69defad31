import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
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

/** Applies a definition, keeps the file, runs it and waits for the end. */
export async function runFile(
  ctx: Context,
  yaml: string,
  file: { name?: string; content: string | Uint8Array },
  request: {
    name?: string;
    parameters?: Record<string, unknown>;
    attachments?: Record<string, string>;
    test?: boolean;
  } = {},
): Promise<RunSummary> {
  const { key } = await applyIntegration(ctx, { yaml });
  const source = await keepFile(ctx, file.name ?? "source.csv", file.content);
  const run = await startRun(ctx, startRunInput.parse({ ...request, integration: key, sourceFile: source.id }));
  return await endOf(ctx, run.id);
}

/** The Run Summary of a run once it is over. */
export async function endOf(ctx: Context, run: string): Promise<RunSummary> {
  let last: RunSummary | undefined;
  for await (const summary of watchRun(ctx, { run })) last = summary;
  if (!last) throw new Error("The run was never seen.");
  return last;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
