import type { MissedPolicy } from "@waybill/db/words";
import type { RunNote } from "../run/run-summary.ts";

/** What is done with occurrences that are due: those that are started, and those that are not, with the reason. */
export interface ChosenOccurrences {
  start: Date[];
  leave: { at: Date; note: RunNote }[];
}

/** How occurrences are judged that nobody started in time. */
export interface MissedRules {
  missed: MissedPolicy;
  missedWindowMinutes: number;
}

/** An occurrence that is so late was missed; until then workers were only busy. */
const missedAfterMilliseconds = 5 * 60_000;
const millisecondsPerMinute = 60_000;

/**
 * Chooses among occurrences that are due, in their order. Those in time are started. Of those that were missed, since no
 * worker was there, none is started, or the last one, or each of them that is young enough.
 */
export function chooseOccurrences(
  due: readonly Date[],
  now: Date,
  { missed, missedWindowMinutes }: MissedRules,
): ChosenOccurrences {
  const age = (at: Date) => now.getTime() - at.getTime();
  const late = due.filter((at) => age(at) > missedAfterMilliseconds);
  const inTime = due.filter((at) => age(at) <= missedAfterMilliseconds);
  const young = late.filter((at) => age(at) <= missedWindowMinutes * millisecondsPerMinute);
  // What is in time does for those before it.
  const made: Date[] = { skip: [], once: inTime.length > 0 ? [] : young.slice(-1), all: young }[missed];
  const leave = late
    .filter((at) => !made.includes(at))
    .map((at) => ({ at, note: { code: "missed", message: sayMissed(missed, young.includes(at)) } }));
  return { start: [...made, ...inTime], leave };
}

function sayMissed(policy: MissedPolicy, young: boolean): string {
  const since = "No worker was there at its time";
  if (policy === "skip") return `${since}, and the schedule skips what was missed.`;
  if (!young) return `${since}, and it was too old by the schedule's window when one came.`;
  return `${since}; one run was made for all that were missed.`;
}
