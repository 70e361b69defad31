import { type ExitCode, exitCodes } from "../../failure.ts";
import { exitCodeOfRun } from "../../follow-run.ts";
import { pollUntilOver } from "../../poll-until-over.ts";
import { renderSetRun, type SetRun, sayProgress } from "../../print/set-run.ts";
import type { Session } from "../../session.ts";

/** Waits for the end of a set run, shows it, and gives what it means for scripts. */
export async function waitAndShow(session: Session, id: string): Promise<ExitCode> {
  const ended = await pollUntilOver<SetRun>(session, {
    read: () => session.api.sets.runs.get.query({ setRun: id }),
    isOver: ({ status }) => status !== "in_progress",
    progressLine: sayProgress,
    goesOn: `The set run goes on. Watch it: npx waybill sets watch ${id}\nStop it: npx waybill sets cancel ${id}`,
    details: { setRun: id },
  });
  session.answer(ended, () => renderSetRun(ended));
  return exitCodeOfRun(ended.status);
}

/** Tells of a set run that was started and is not waited for. */
export function sayStarted(session: Session, started: SetRun): ExitCode {
  session.answer(started, () => `Started ${started.name}. Watch it: npx waybill sets watch ${started.id}`);
  return exitCodes.completed;
}
