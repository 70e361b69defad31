import type { z } from "zod";
import type { PathFault } from "../../definition/raw-document.ts";
import { readLocal } from "./local-minute.ts";
import { nextOccurrence } from "./occurrences.ts";
import { type Recurrence, type RepeatingRecurrence, recurrenceSchema } from "./recurrence.ts";
import { placeLocal } from "./zone-clock.ts";

/**
 * All that is wrong with a recurrence as it was given, each with its place and what to do; none if it can be computed and
 * something of it is still to come after `now`.
 */
export function checkRecurrence(given: unknown, now: Date): PathFault[] {
  const parsed = recurrenceSchema.safeParse(given, { reportInput: true });
  if (!parsed.success) return parsed.error.issues.flatMap(shapeFaults);
  const recurrence = parsed.data;
  if (recurrence.kind === "once") return checkOnce(recurrence, now);
  const faults = checkEnd(recurrence);
  return faults.length > 0 ? faults : checkComing(recurrence, now);
}

function shapeFaults(issue: z.core.$ZodIssue): PathFault[] {
  const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], message: "is not known here; take it out" }));
  const isMissing = issue.code !== "custom" && issue.input === undefined;
  return [{ path, message: isMissing ? "is missing" : lowerFirst(issue.message) }];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function checkOnce({ at, timeZone }: Extract<Recurrence, { kind: "once" }>, now: Date): PathFault[] {
  if (placeLocal(readLocal(at), timeZone).at > now.getTime()) return [];
  return [{ path: ["at"], message: `is in the past: ${at} (${timeZone}) is over. Choose a later time` }];
}

function checkEnd({ start, end, times }: RepeatingRecurrence): PathFault[] {
  if (end === undefined) return [];
  const faults: PathFault[] = [];
  if (end < start)
    faults.push({ path: ["end"], message: `is before the start, which is ${start}. Choose a later end, or none` });
  if (times !== undefined) faults.push({ path: ["times"], message: "cannot stand beside an end. Keep one of the two" });
  return faults;
}

function checkComing(recurrence: RepeatingRecurrence, now: Date): PathFault[] {
  if (nextOccurrence(recurrence, now)) return [];
  const bound = recurrence.times === undefined ? "end" : "times";
  if (nextOccurrence(recurrence, null))
    return [{ path: [bound], message: "leaves nothing to come: its last time is over. Choose a later end, or none" }];
  return [{ path: [bound], message: "leaves no time to occur after the start. Choose a later end, or other times" }];
}
