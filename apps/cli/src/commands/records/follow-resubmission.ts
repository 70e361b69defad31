import type { RouterOutputs } from "@waybill/api";
import type { RunSummary } from "@waybill/core/run/run-summary";
import { type ExitCode, exitCodes } from "../../failure.ts";
import { exitCodeOfRun, followRun, sayRunGoesOn } from "../../follow-run.ts";
import { sayRecords } from "../../print/record.ts";
import { renderRunSummary } from "../../print/run-summary.ts";
import type { Session } from "../../session.ts";
import { untilInterrupted } from "../../until-interrupted.ts";

type Resubmission = RouterOutputs["records"]["resubmit"];

interface Following {
  /** Whether the runs are left to themselves. */
  detach: boolean | undefined;
  /** What a program is told of the runs, as they ended or, left to themselves, as they were started. */
  toAnswer(resubmission: Resubmission): unknown;
}

/** Tells what was sent, waits for the end of all its runs, shows them, and gives the exit code of the worst. */
export async function followResubmission(
  session: Session,
  started: Resubmission,
  { detach, toAnswer }: Following,
): Promise<ExitCode> {
  if (detach) {
    session.answer(toAnswer(started), () => [saySent(started), ...started.runs.map(sayHowToWatch)].join("\n"));
    return exitCodes.completed;
  }
  // A person is told before the wait, a program once.
  if (!session.json) session.answer(started, () => saySent(started));
  const runs = await waitForAll(session, started.runs);
  session.answer(toAnswer({ ...started, runs }), () => runs.map((run) => `\n${renderRunSummary(run)}`).join("\n"));
  return worstOf(runs.map(({ status }) => exitCodeOfRun(status)));
}

function saySent({ sent, withIssues, runs }: Resubmission): string {
  const stay = withIssues === 0 ? "" : ` ${sayRecords(withIssues)} with issues stayed open.`;
  return `Sent ${sayRecords(sent)} in ${runs.length === 1 ? "a run" : `${runs.length} runs`}.${stay}`;
}

function sayHowToWatch({ id, name }: Resubmission["runs"][number]): string {
  return `Started ${name}. Watch it: npx waybill runs watch ${id}`;
}

async function waitForAll(session: Session, started: Resubmission["runs"]): Promise<RunSummary[]> {
  const ended: RunSummary[] = [];
  const left = () => started.slice(ended.length).map(({ id }) => sayRunGoesOn(id));
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
