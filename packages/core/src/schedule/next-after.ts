import { randomInt } from "node:crypto";
import { occurrencesAfter } from "./recurrence/occurrences.ts";
import type { Recurrence } from "./recurrence/recurrence.ts";

/** An occurrence, and when it is started: that much later as chance has it, so that not all come at once. */
export interface NextOccurrence {
  at: Date;
  dueAt: Date;
}

/** The first occurrence after a moment, or the very first; null where there is none any more. */
export function nextAfter(
  { recurrence, jitterSeconds }: { recurrence: Recurrence; jitterSeconds: number },
  after: Date | null,
): NextOccurrence | null {
  const [next] = occurrencesAfter(recurrence, after, 1);
  if (!next) return null;
  const jitter = jitterSeconds === 0 ? 0 : randomInt(jitterSeconds * 1_000 + 1);
  return { at: next.at, dueAt: new Date(next.at.getTime() + jitter) };
}
