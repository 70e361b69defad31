import type { Command } from "commander";
import type { ExitCode } from "../failure.ts";
import { exitCodes } from "../failure.ts";
import { exitCodeOfRun, followRun } from "../follow-run.ts";
import { type LocalFile, openLocalFile } from "../local-file.ts";
import { collectPairs, jsonOption } from "../options.ts";
import { renderRunSummary } from "../print/run-summary.ts";
import { pickIntegration } from "../prompts.ts";
import { type Session, withSession } from "../session.ts";
import { uploadFile } from "../transfer.ts";

interface RunOptions {
  file?: string;
  param?: Record<string, string>;
  attach?: Record<string, string>;
  name?: string;
  test?: boolean;
  detach?: boolean;
  idempotencyKey?: string;
  json?: boolean;
}

export function addRunCommand(program: Command): void {
  program
    .command("run [key]")
    .description("Run an integration and wait for its end.")
    .option("--file <path>", "the source file (.csv, .zip, .pgp or .gpg)")
    .option("--param <key=value>", "a parameter; may be given several times", collectPairs)
    .option("--attach <key=path>", "an attachment; may be given several times", collectPairs)
    .option("--name <text>", "a name of its own for the run")
    .option("--test", "do everything except keep the result in the destination")
    .option("--detach", "start it and do not wait")
    .option("--idempotency-key <key>", "the same key and request give back the same run")
    .option(...jsonOption)
    .action((key: string | undefined, options: RunOptions) =>
      withSession(options, (session) => run(session, key, options)),
    );
}

async function run(session: Session, key: string | undefined, options: RunOptions): Promise<ExitCode> {
  const integration = key ?? (await pickIntegration(session));
  const source = options.file === undefined ? undefined : await openLocalFile(options.file);
  const attached: [string, LocalFile][] = [];
  for (const [key, path] of Object.entries(options.attach ?? {})) attached.push([key, await openLocalFile(path)]);
  const attachments: Record<string, string> = {};
  for (const [key, file] of attached) attachments[key] = await uploadFile(session.connection, file);
  const started = await session.api.runs.start.mutate({
    integration,
    name: options.name,
    sourceFile: source && (await uploadFile(session.connection, source)),
    parameters: options.param,
    attachments,
    test: options.test,
    idempotencyKey: options.idempotencyKey,
  });
  if (options.detach) {
    session.answer(started, () => `Started ${started.name}. Watch it: waybill runs watch ${started.id}`);
    return exitCodes.completed;
  }
  return await waitAndShow(session, started.id);
}

/** Waits for a run's end, shows its Run Summary, and gives what it means for scripts. */
export async function waitAndShow(session: Session, runId: string): Promise<ExitCode> {
  const interrupted = () => {
    process.stderr.write(`\nThe run goes on. Watch it: waybill runs watch ${runId}\n`);
    process.exit(130);
  };
  process.once("SIGINT", interrupted);
  try {
    const summary = await followRun(session, runId);
    session.answer(summary, () => renderRunSummary(summary));
    return exitCodeOfRun(summary.status);
  } finally {
    process.off("SIGINT", interrupted);
  }
}
