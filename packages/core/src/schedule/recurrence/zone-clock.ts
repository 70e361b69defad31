import { dayMilliseconds, type LocalTime, startOfDay } from "./local-minute.ts";
import { offsetOfDay, readOffset } from "./zone-offset.ts";

/** What a clock change does to a local time: it is skipped, or it comes twice. */
export type ClockMove = "gap" | "repeated";

/** Where a local time stands on the line of time, in milliseconds since 1970, and what a clock change made of it. */
export interface PlacedTime {
  at: number;
  moved: ClockMove | null;
}

/** Whether the machine knows a time zone of this name; `+02:00` and its like are no names. */
export function isNamedZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Number.isFinite(offsetOfDay(0, name));
  } catch {
    return false;
  }
}

/** What the clocks of a zone show at a moment. */
export function localAt(at: number, timeZone: string): LocalTime {
  return at + offsetAt(at, timeZone);
}

/**
 * The first moment at which the clocks of a zone show a local time or, if they skip it, a later one. Of a time that comes
 * twice that is the first, and of a time in a gap the first moment after it, though that be on the next day.
 *
 * Takes at most one clock change to happen within two days.
 */
export function placeLocal(local: LocalTime, timeZone: string): PlacedTime {
  const before = offsetAt(local - dayMilliseconds, timeZone);
  const after = offsetAt(local + dayMilliseconds, timeZone);
  if (before === after) return { at: local - before, moved: null };
  const first = local - before;
  const second = local - after;
  const isFirst = offsetAt(first, timeZone) === before;
  const isSecond = offsetAt(second, timeZone) === after;
  if (isFirst) return { at: first, moved: isSecond ? "repeated" : null };
  if (isSecond) return { at: second, moved: null };
  return { at: findChange(second, first, timeZone), moved: "gap" };
}

/** Whether the zone left out the whole day of a local time, as Pacific/Apia did 2011-12-30. */
export function lacksDay(local: LocalTime, timeZone: string): boolean {
  const day = startOfDay(local);
  const { at, moved } = placeLocal(day, timeZone);
  return moved === "gap" && localAt(at, timeZone) >= day + dayMilliseconds;
}

/** The first moment of the offset that a zone has at `to`, and had not at `from`. */
function findChange(from: number, to: number, timeZone: string): number {
  const offset = offsetAt(to, timeZone);
  let [before, since] = [from, to];
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2);
    if (offsetAt(middle, timeZone) === offset) since = middle;
    else before = middle;
  }
  return since;
}

/** How far the clocks of a zone are ahead of UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const day = Math.floor(at / dayMilliseconds);
  const offset = offsetOfDay(day, timeZone);
  return offset === offsetOfDay(day + 1, timeZone) ? offset : readOffset(at, timeZone);
}
