import type { RouterInputs } from "@waybill/api";
import { findResumePlace, sayRepeated } from "@waybill/core/set/resume-place";
import type { Command } from "commander";
import { CliFailure, type ExitCode } from "../../failure.ts";
import { type LocalFile, openLocalFile } from "../../local-file.ts";
import { collectPairs, jsonOption } from "../../options.ts";
import { confirmOrRefuse } from "../../prompts.ts";
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

interface ResumeOptions extends StepFileOptions {
  after?: boolean;
  yes?: boolean;
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
    .description(
      "Go on with a set that stopped, at the step that failed. What was done before that step is not done again.",
    )
    .option("--after", "pass the failed step over, and go on at the next one that is not Completed")
    .option("--yes", "do not ask whether steps that were Completed may run again")
    .addHelpText("after", exitCodesHelp)
    .action((setRun: string, options: ResumeOptions) =>
      withSession(options, (session) => resume(session, setRun, options)),
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

async function resume(session: Session, setRun: string, options: ResumeOptions): Promise<ExitCode> {
  const { after = false } = options;
  // A set run that is not there, or cannot go on, takes no files.
  const stopped = await session.api.sets.runs.get.query({ setRun });
  const found = findResumePlace(stopped, after);
  if (!found.ok) throw new CliFailure(found.code, found.message);
  const { repeated } = found.place;
  const repeatCompleted = repeated.length > 0;
  if (repeatCompleted) await confirmOrRefuse(session, `${sayRepeated(repeated)} Resume the set?`, options.yes);
  const steps = await sendStepFiles(session, options);
  const started = await session.api.sets.runs.resume.mutate({ setRun: stopped.id, after, repeatCompleted, steps });
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
