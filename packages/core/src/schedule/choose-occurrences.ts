import type { MissedPolicy } from "@waybill/db/words";
import { limits } from "../limits.ts";
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
  jitterSeconds: number;
}

const millisecondsPerMinute = 60_000;

/**
 * Chooses among occurrences that are due, in their order. One is missed when nobody came to it for some minutes, or before
 * the next one was due; jitter is part of its time. Those in time are started. Of those that were missed none is started,
 * or the last one where none is in time, or each of them that is young enough.
 */
export function chooseOccurrences(
  due: readonly Date[],
  now: Date,
  { missed, missedWindowMinutes, jitterSeconds }: MissedRules,
): ChosenOccurrences {
  const age = (at: Date) => now.getTime() - at.getTime() - jitterSeconds * 1_000;
  const isMissed = (at: Date, index: number) => {
    const next = due[index + 1];
    return age(at) > limits.inTimeMinutes * millisecondsPerMinute || (next !== undefined && age(next) >= 0);
  };
  const late = due.filter(isMissed);
  const inTime = due.filter((at, index) => !isMissed(at, index));
  const young = late.filter((at) => age(at) <= missedWindowMinutes * millisecondsPerMinute);
  // What is in time does for those before it.
  const made: Date[] = { skip: [], once: inTime.length > 0 ? [] : young.slice(-1), all: young }[missed];
  const leave = late
    .filter((at) => !made.includes(at))
    .map((at) => ({ at, note: { code: "missed", message: sayMissed(missed, young.includes(at)) } }));
  return { start: [...made, ...inTime], leave };
}

function sayMissed(policy: MissedPolicy, young: boolean): string {
  const since = "No worker came to it in time";
  if (policy === "skip") return `${since}, and the schedule skips what was missed.`;
  if (!young) return `${since}, and it was too old by the schedule's window when one came.`;
  return `${since}; one run was made for all that were missed.`;
}
