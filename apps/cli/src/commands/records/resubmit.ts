import type { RouterOutputs } from "@waybill/api";
import type { RunSummary } from "@waybill/core/run/run-summary";
import type { Command } from "commander";
import { type ExitCode, exitCodes } from "../../failure.ts";
import { exitCodeOfRun, followRun, untilInterrupted } from "../../follow-run.ts";
import { jsonOption } from "../../options.ts";
import { sayRecords } from "../../print/record.ts";
import { renderRunSummary } from "../../print/run-summary.ts";
import { type Session, withSession } from "../../session.ts";
import { type ChoiceOptions, chooseRecords, takeRecords } from "./choose-records.ts";

interface ResubmitOptions extends ChoiceOptions {
  withIssues?: boolean;
  original?: boolean;
  detach?: boolean;
}

const help = `
Each run that the records came from gives a new one, of just those records, with its parameters and attachments. The
exit code is that of the worst of them: Failed, then Cancelled, Completed with Errors, Completed.`;

/** Adds `waybill records resubmit`. */
export function addResubmit(records: Command): void {
  takeRecords(records.command("resubmit"))
    .description("Run corrected records again, and no others, and wait for the end.")
    .option("--with-issues", "send records that still have issues, too")
    .option("--original", "by the version of the definition that they were turned away by, not the current one")
    .option("--detach", "start it and do not wait")
    .option(...jsonOption)
    .addHelpText("after", help)
    .action((ids: string[], options: ResubmitOptions) =>
      withSession(options, (session) => resubmit(session, ids, options)),
    );
}

async function resubmit(session: Session, ids: string[], options: ResubmitOptions): Promise<ExitCode> {
  const { withIssues = false, original, detach } = options;
  const planned = { verb: "Resubmit", state: "open", readyOnly: !withIssues } as const;
  const of = await chooseRecords(session, ids, options, planned);
  const started = await session.api.records.resubmit.mutate({
    of,
    withIssues,
    definition: original ? "original" : "current",
  });
  if (detach) {
    session.answer(started, () => [saySent(started), ...started.runs.map(sayHowToWatch)].join("\n"));
    return exitCodes.completed;
  }
  // A person is told before the wait, a program once.
  if (!session.json) session.answer(started, () => saySent(started));
  const runs = await waitForAll(session, started.runs);
  session.answer({ ...started, runs }, () => runs.map((run) => `\n${renderRunSummary(run)}`).join("\n"));
  return worstOf(runs.map(({ status }) => exitCodeOfRun(status)));
}

type Resubmission = RouterOutputs["records"]["resubmit"];

function saySent({ sent, withIssues, runs }: Resubmission): string {
  const stay = withIssues === 0 ? "" : ` ${sayRecords(withIssues)} with issues stayed open.`;
  return `Sent ${sayRecords(sent)} in ${runs.length === 1 ? "a run" : `${runs.length} runs`}.${stay}`;
}

function sayHowToWatch({ id, name }: Resubmission["runs"][number]): string {
  return `Started ${name}. Watch it: npx waybill runs watch ${id}`;
}

async function waitForAll(session: Session, started: Resubmission["runs"]): Promise<RunSummary[]> {
  const ended: RunSummary[] = [];
  const left = () => started.slice(ended.length).map(({ id }) => id);
  return await untilInterrupted(left, async () => {
    for (const { id } of started) ended.push(await followRun(session, id));
    return ended;
  });
}

/** From the one that asks for nothing to the one that asks for most. */
const byGravity: ExitCode[] = [
  exitCodes.completed,
  exitCodes.completedWithErrors,
  exitCodes.cancelled,
  exitCodes.failed,
];

function worstOf(codes: ExitCode[]): ExitCode {
  return byGravity.findLast((code) => codes.includes(code)) ?? exitCodes.completed;
}
