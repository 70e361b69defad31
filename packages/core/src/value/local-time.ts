import { type DateParts, writeDate, writeTime } from "./date-pattern.ts";

/**
 * The moment of a local date and time as ISO 8601 in UTC. A time that a clock change skips is moved on by the gap's
 * length; of one that occurs twice the first is meant.
 */
export function toUtc(parts: DateParts, timeZone: string): string {
  if (parts.offsetMinutes !== null) return iso(utcMilliseconds(parts) - parts.offsetMinutes * 60_000);
  if (timeZone === "UTC") return `${writeDate(parts)}T${writeTime(parts)}Z`;
  const local = utcMilliseconds(parts);
  const before = local - offsetAt(local - dayMilliseconds, timeZone);
  const after = local - offsetAt(local + dayMilliseconds, timeZone);
  const earlier = Math.min(before, after);
  if (earlier + offsetAt(earlier, timeZone) === local) return iso(earlier);
  const later = Math.max(before, after);
  return iso(later);
}

const dayMilliseconds = 24 * 60 * 60 * 1_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function utcMilliseconds(parts: DateParts): number {
  const { year, month, day, hour, minute, second, millisecond } = parts;
  const shifted = Date.UTC(2000, month - 1, day, hour, minute, second, millisecond);
  const date = new Date(shifted);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

function offsetAt(moment: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  const found = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
  const whole = Math.floor(moment / 1_000) * 1_000;
  return utcMilliseconds({ year, month, day, hour, minute, second, millisecond: 0, offsetMinutes: null }) - whole;
}

/** Beyond the years 1 to 9999, which a change of zone can reach, in the way that Postgres reads and writes them. */
function iso(moment: number): string {
  const date = new Date(moment);
  const year = date.getUTCFullYear();
  const rest = date.toISOString().slice(-20).replace(".000Z", "Z");
  if (year < 1) return `${String(1 - year).padStart(4, "0")}${rest} BC`;
  return `${String(year).padStart(4, "0")}${rest}`;
}
