import { dayMilliseconds } from "./local-minute.ts";

/** What is remembered of a zone: how to ask for its clocks, and their offsets at the beginnings of days. */
interface Zone {
  format: Intl.DateTimeFormat;
  offsets: Map<number, number>;
}

const zonesKept = 600;
const daysKept = 1_000;
const zones = new Map<string, Zone>();

/** The offset, in milliseconds, with which a day of UTC begins, counted from 1970. Throws for a zone that there is not. */
export function offsetOfDay(day: number, timeZone: string): number {
  const { offsets } = zoneOf(timeZone);
  const kept = offsets.get(day);
  if (kept !== undefined) return kept;
  const offset = readOffset(day * dayMilliseconds, timeZone);
  keep(offsets, day, offset, daysKept);
  return offset;
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
export function readOffset(at: number, timeZone: string): number {
  const second = Math.floor(at / 1_000) * 1_000;
  const shown = zoneOf(timeZone).format.format(second);
  const number = (from: number, to: number) => Number(shown.slice(from, to));
  // It reads `03/29/2026, 02:30:00`; to cut that is twice as quick as to ask for its parts.
  const [month, day, year] = [number(0, 2), number(3, 5), number(6, 10)];
  return Date.UTC(year, month - 1, day, number(12, 14), number(15, 17), number(18, 20)) - second;
}

function zoneOf(timeZone: string): Zone {
  const kept = zones.get(timeZone);
  if (kept) return kept;
  const two = "2-digit";
  const parts = { year: "numeric", month: two, day: two, hour: two, minute: two, second: two } as const;
  const format = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", ...parts });
  const zone = { format, offsets: new Map() };
  keep(zones, timeZone, zone, zonesKept);
  return zone;
}

/** Forgets all of the others once they are so many. */
function keep<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void {
  if (map.size >= most) map.clear();
  map.set(key, value);
}
