import { cronMoments, hasFixedTimes } from "./cron-expression.ts";
import { dayMilliseconds, endOfTime, hourMilliseconds, readLocal, writeLocal } from "./local-minute.ts";
import { localTimes } from "./local-times.ts";
import type { Recurrence, RecurrenceOf, RepeatingRecurrence } from "./recurrence.ts";
import { type ClockMove, lacksDay, localAt, type PlacedTime, placeLocal } from "./zone-clock.ts";

/** One time of a recurrence: its moment, and the local time that was meant, as `yyyy-MM-ddTHH:mm`. */
export interface Occurrence {
  at: Date;
  local: string;
  /** `gap`: the clocks skip the local time, so it is at the first moment after. `repeated`: it comes twice; this is the first. */
  moved: ClockMove | null;
}

/** The first occurrence after a moment, or of all if that is null; null when there is none. */
export function nextOccurrence(recurrence: Recurrence, after: Date | null): Occurrence | null {
  return occurrencesAfter(recurrence, after, 1)[0] ?? null;
}

/**
 * The next occurrences of a recurrence after a moment, or from the first one if that is null, at most `count`.
 *
 * A fixed local time happens once each local day: at the first moment at which the clocks show it or a later time, as
 * `placeLocal` says; on a day that a zone leaves out altogether nothing occurs. Times that meet at the end of a gap are one
 * occurrence, which tells the first of them. Hours, and a cron expression with a wildcard in its minute or hour, follow the
 * time that passes: nothing of them is moved.
 */
export function occurrencesAfter(recurrence: Recurrence, after: Date | null, count: number): Occurrence[] {
  const found: Occurrence[] = [];
  if (count < 1) return found;
  for (const occurrence of walk(recurrence, after && clamp(after.getTime()))) {
    found.push(occurrence);
    if (found.length >= count) break;
  }
  return found;
}

/** As far as years have four digits, by which zones are read; there is nothing beyond. */
function clamp(after: number): number {
  return Math.min(Math.max(after, -dayMilliseconds), endOfTime);
}

function* walk(recurrence: Recurrence, after: number | null): Generator<Occurrence> {
  const times = recurrence.kind === "once" ? undefined : recurrence.times;
  let left = times ?? Number.POSITIVE_INFINITY;
  // Where they are counted, they are walked from the first one.
  for (const occurrence of occurrencesFrom(recurrence, times === undefined ? after : null)) {
    if (left-- <= 0) return;
    if (after === null || occurrence.at.getTime() > after) yield occurrence;
  }
}

function occurrencesFrom(recurrence: Recurrence, after: number | null): Iterable<Occurrence> {
  const { kind, timeZone } = recurrence;
  if (kind === "once") return placeAll([readLocal(recurrence.at)], timeZone);
  if (kind === "hourly") return hours(recurrence, after);
  if (kind === "cron" && !hasFixedTimes(recurrence.expression)) return cronTimes(recurrence, after);
  const shown = after === null ? Number.NEGATIVE_INFINITY : localAt(after, timeZone);
  return placeAll(localTimes(recurrence, shown), timeZone);
}

function* placeAll(locals: Iterable<number>, timeZone: string): Generator<Occurrence> {
  let last = Number.NEGATIVE_INFINITY;
  for (const local of locals) {
    const { at, moved } = placeLocal(local, timeZone);
    if (at === last || (moved === "gap" && lacksDay(local, timeZone))) continue;
    last = at;
    yield { at: new Date(at), local: writeLocal(local), moved };
  }
}

function* hours(recurrence: RecurrenceOf<"hourly">, after: number | null): Generator<Occurrence> {
  const { first, last } = momentsOf(recurrence);
  const step = recurrence.every * hourMilliseconds;
  const passed = after === null || after < first.at ? 0 : Math.floor((after - first.at) / step) + 1;
  if (passed === 0 && first.at <= last) yield { at: new Date(first.at), local: recurrence.start, moved: first.moved };
  for (let at = first.at + Math.max(passed, 1) * step; at <= last; at += step) yield showAt(at, recurrence.timeZone);
}

function* cronTimes(recurrence: RecurrenceOf<"cron">, after: number | null): Generator<Occurrence> {
  const { first, last } = momentsOf(recurrence);
  const from = Math.max(after ?? first.at - 1, first.at - 1);
  for (const at of cronMoments(recurrence.expression, recurrence.timeZone, from)) {
    if (at > last) return;
    yield showAt(at, recurrence.timeZone);
  }
}

function showAt(at: number, timeZone: string): Occurrence {
  return { at: new Date(at), local: writeLocal(localAt(at, timeZone)), moved: null };
}

/** The moments of a recurrence's start and end. Of an end within a gap it is the moment before the gap's end. */
function momentsOf({ start, end, timeZone }: RepeatingRecurrence): { first: PlacedTime; last: number } {
  const first = placeLocal(readLocal(start), timeZone);
  if (end === undefined) return { first, last: endOfTime };
  const { at, moved } = placeLocal(readLocal(end), timeZone);
  return { first, last: moved === "gap" ? at - 1 : at };
}
