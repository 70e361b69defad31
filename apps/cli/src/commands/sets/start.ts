import type { RouterInputs } from "@waybill/api";
import type { Command } from "commander";
import { CliFailure, type ExitCode } from "../../failure.ts";
import { type LocalFile, openLocalFile } from "../../local-file.ts";
import { collectPairs, jsonOption } from "../../options.ts";
import { type Session, withSession } from "../../session.ts";
import { uploadFile } from "../../transfer.ts";
import { sayStarted, waitAndShow } from "./follow-set-run.ts";

interface StepFileOptions {
  stepFile?: Record<string, string>;
  attach?: Record<string, string>;
  detach?: boolean;
  json?: boolean;
}

interface RunOptions extends StepFileOptions {
  file?: string;
  param?: Record<string, string>;
  name?: string;
  idempotencyKey?: string;
}

const exitCodesHelp = `
The exit code is 0 where every step is Completed, 3 where one was not and the set went on, 1 where the set was aborted, and
5 where it was cancelled.`;

/** Adds `waybill sets run` and `waybill sets resume`. */
export function addStarts(sets: Command): void {
  takeStepFiles(sets.command("run <key>"))
    .description("Run a set and wait for its end.")
    .option("--file <path>", "what each step reads that has no source file of its own")
    .option("--param <key=value>", "a parameter of the set; may be given several times", collectPairs)
    .option("--name <text>", "a name of its own for the set run")
    .option("--idempotency-key <key>", "the same key and request give back the same set run")
    .addHelpText("after", exitCodesHelp)
    .action((key: string, options: RunOptions) => withSession(options, (session) => run(session, key, options)));
  takeStepFiles(sets.command("resume <setrun>"))
    .description("Go on with a set that stopped, at the step that failed. What was done is not done again.")
    .option("--after", "pass the failed step over, and go on with the one after it")
    .addHelpText("after", exitCodesHelp)
    .action((setRun: string, options: StepFileOptions & { after?: boolean }) =>
      withSession(options, async (session) => {
        // A set run that is not there takes no files.
        const { id } = await session.api.sets.runs.get.query({ setRun });
        const steps = await sendStepFiles(session, options);
        const started = await session.api.sets.runs.resume.mutate({ setRun: id, after: options.after, steps });
        return options.detach ? sayStarted(session, started) : await waitAndShow(session, started.id);
      }),
    );
}

function takeStepFiles(command: Command): Command {
  return command
    .option("--step-file <step=path>", "the source file of one step; may be given several times", collectPairs)
    .option("--attach <step.key=path>", "an attachment of one step; may be given several times", collectPairs)
    .option("--detach", "start it and do not wait")
    .option(...jsonOption);
}

async function run(session: Session, key: string, options: RunOptions): Promise<ExitCode> {
  await session.api.sets.get.query({ key });
  const source = options.file === undefined ? undefined : await openLocalFile(options.file);
  const steps = await sendStepFiles(session, options);
  const started = await session.api.sets.start.mutate({
    set: key,
    name: options.name,
    parameters: options.param,
    sourceFile: source && (await uploadFile(session.connection, source)),
    steps,
    idempotencyKey: options.idempotencyKey,
  });
  return options.detach ? sayStarted(session, started) : await waitAndShow(session, started.id);
}

type StepFiles = NonNullable<RouterInputs["sets"]["start"]["steps"]>;

/** Sends the files of the steps, once all of them are open, and gives the ids they got. */
export async function sendStepFiles(
  session: Session,
  { stepFile = {}, attach = {} }: StepFileOptions,
): Promise<StepFiles> {
  const opened: { step: string; key: string | null; file: LocalFile }[] = [];
  for (const [step, path] of Object.entries(stepFile)) {
    opened.push({ step, key: null, file: await openLocalFile(path) });
  }
  for (const [place, path] of Object.entries(attach)) {
    opened.push({ ...readPlace(place), file: await openLocalFile(path) });
  }
  const steps: StepFiles = {};
  for (const { step, key, file } of opened) {
    const id = await uploadFile(session.connection, file);
    const given = steps[step] ?? {};
    steps[step] =
      key === null ? { ...given, sourceFile: id } : { ...given, attachments: { ...given.attachments, [key]: id } };
  }
  return steps;
}

function readPlace(place: string): { step: string; key: string } {
  const at = place.indexOf(".");
  if (at > 0 && at < place.length - 1) return { step: place.slice(0, at), key: place.slice(at + 1) };
  throw new CliFailure("wrong_usage", `Write --attach as step.key=path, not ${JSON.stringify(place)}.`);
}
