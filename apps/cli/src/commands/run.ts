import type { Command } from "commander";
import { CliFailure, type ExitCode, exitCodes } from "../failure.ts";
import { exitCodeOfRun, followRun, sayRunGoesOn } from "../follow-run.ts";
import { type LocalFile, openLocalFile } from "../local-file.ts";
import { collectPairs, jsonOption } from "../options.ts";
import { renderRunSummary } from "../print/run-summary.ts";
import { askSourceFile, pickIntegration } from "../prompts.ts";
import { type Session, withSession } from "../session.ts";
import { uploadFile } from "../transfer.ts";
import { untilInterrupted } from "../until-interrupted.ts";

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

/** Adds `waybill run`: starts a run and waits for its end. */
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
  await checkUsable(session, integration);
  const files = await sendFiles(session, options.file ?? (await askSourceFile(session)), options.attach ?? {});
  const started = await session.api.runs.start.mutate({
    integration,
    ...files,
    name: options.name,
    parameters: options.param,
    test: options.test,
    idempotencyKey: options.idempotencyKey,
  });
  if (options.detach) {
    session.answer(started, () => `Started ${started.name}. Watch it: npx waybill runs watch ${started.id}`);
    return exitCodes.completed;
  }
  return await waitAndShow(session, started.id);
}

/** Waits for a run's end, shows its Run Summary, and gives what it means for scripts. */
export async function waitAndShow(session: Session, runId: string): Promise<ExitCode> {
  const summary = await untilInterrupted(
    () => [sayRunGoesOn(runId)],
    () => followRun(session, runId),
  );
  session.answer(summary, () => renderRunSummary(summary));
  return exitCodeOfRun(summary.status);
}

/** Refuses an integration that cannot be run before files are sent to it in vain. */
async function checkUsable(session: Session, key: string): Promise<void> {
  const { deleted } = await session.api.integrations.get.query({ key });
  if (!deleted) return;
  const message = `The integration ${JSON.stringify(key)} has been deleted. Restore it: npx waybill integrations restore ${key}.`;
  throw new CliFailure("integration_deleted", message);
}

/** Sends the files of a run, once all of them are open, and gives the ids they got. */
async function sendFiles({ connection }: Session, sourcePath: string, attachedPaths: Record<string, string>) {
  const source = await openLocalFile(sourcePath);
  const attached: [string, LocalFile][] = [];
  for (const [key, path] of Object.entries(attachedPaths)) attached.push([key, await openLocalFile(path)]);
  const attachments: Record<string, string> = {};
  for (const [key, file] of attached) attachments[key] = await uploadFile(connection, file);
  return { sourceFile: await uploadFile(connection, source), attachments };
}
