import { limits } from "@waybill/core/limits";
import {
  type MissedPolicy,
  missedPolicies,
  type OverlapPolicy,
  overlapPolicies,
} from "@waybill/core/schedule/policies";
import { type Command, Option } from "commander";
import { CliFailure } from "../../failure.ts";
import { openLocalFile } from "../../local-file.ts";
import { collectPairs, countUpTo, jsonOption } from "../../options.ts";
import { formatTime } from "../../print/format.ts";
import { type Session, withSession } from "../../session.ts";
import { uploadFile } from "../../transfer.ts";
import { sendStepFiles } from "../sets/start.ts";
import { addRecurrenceOptions, type RecurrenceOptions, recurrenceOf } from "./recurrence-options.ts";

interface AddOptions extends RecurrenceOptions {
  integration?: string;
  set?: string;
  replace?: string;
  param?: Record<string, string>;
  file?: string;
  attach?: Record<string, string>;
  stepFile?: Record<string, string>;
  overlap?: OverlapPolicy;
  missed?: MissedPolicy;
  window?: number;
  jitter?: number;
  pauseAfter?: number;
  json?: boolean;
}

const missedHelp = `when no worker came to it within ${limits.inTimeMinutes} minutes, or before the next was due (default: once)`;

/** Adds `waybill schedules add`. */
export function addAdd(schedules: Command): void {
  const command = schedules.command("add <name>").description("Have an integration or a set run by itself.");
  command
    .option("--integration <key>", "the integration that is run")
    .option("--set <key>", "the set that is run")
    .option("--replace <schedule>", "change this schedule instead; it is given all of its rules anew");
  addRecurrenceOptions(command)
    .option("--param <key=value>", "a parameter, resolved at each occurrence; may be given several times", collectPairs)
    .option("--file <path>", "the source file of each run")
    .option("--attach <key=path>", "an attachment, of a set as step.key=path; may be given several times", collectPairs)
    .option("--step-file <step=path>", "the source file of one step of a set; may be given several times", collectPairs)
    .addOption(new Option("--overlap <what>", "while a run goes on (default: skip)").choices([...overlapPolicies]))
    .addOption(new Option("--missed <what>", missedHelp).choices([...missedPolicies]))
    .option(
      "--window <minutes>",
      `how old a missed one may be (default: ${limits.missedWindowMinutesDefault})`,
      countUpTo(limits.missedWindowMinutesMax),
    )
    .option("--jitter <seconds>", "start up to so much later, as chance has it", countUpTo(limits.jitterSecondsMax))
    .option("--pause-after <failures>", "pause after so many failures in a row", countUpTo(limits.failuresInARowMax))
    .option(...jsonOption)
    .action((name: string, options: AddOptions) => withSession(options, (session) => add(session, name, options)));
}

async function add(session: Session, name: string, options: AddOptions): Promise<undefined> {
  const { integration, set, file } = options;
  if ((integration === undefined) === (set === undefined)) {
    throw new CliFailure("wrong_usage", "Say what is run, with --integration KEY or --set KEY.");
  }
  // What is said wrongly is told before anything is sent; what begins now begins once the files are there.
  recurrenceOf(options);
  const source = file === undefined ? undefined : await openLocalFile(file);
  const saved = await session.api.schedules.save.mutate({
    name,
    schedule: options.replace,
    integration,
    set,
    parameters: options.param,
    ...(await sendAttached(session, options)),
    sourceFile: source && (await uploadFile(session.connection, source)),
    overlap: options.overlap,
    missed: options.missed,
    missedWindowMinutes: options.window,
    jitterSeconds: options.jitter,
    pauseAfterFailures: options.pauseAfter,
    recurrence: recurrenceOf(options),
  });
  session.answer(saved, () => `${saved.name}: ${saved.sentence}\nNext: ${formatTime(saved.nextAt)}`);
  return undefined;
}

async function sendAttached(session: Session, { set, attach = {}, stepFile }: AddOptions) {
  if (set !== undefined) return { steps: await sendStepFiles(session, { attach, stepFile }) };
  if (stepFile)
    throw new CliFailure("wrong_usage", "--step-file is for --set. Give an integration its file with --file.");
  const attachments: Record<string, string> = {};
  for (const [key, path] of Object.entries(attach)) {
    attachments[key] = await uploadFile(session.connection, await openLocalFile(path));
  }
  return { attachments };
}
