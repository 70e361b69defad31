const numbers = new Intl.NumberFormat();
const times = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const exactTimes = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

/** A count with the separators of the viewer's language. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** An ISO 8601 moment in the viewer's zone; a dash where there is none. */
export function formatTime(iso: string | null): string {
  return iso === null ? "–" : times.format(new Date(iso));
}

/** The same to the second. */
export function formatMoment(iso: string): string {
  return moments.format(new Date(iso));
}

/** The same to the second, with the zone. */
export function formatExactTime(iso: string | null): string | undefined {
  return iso === null ? undefined : exactTimes.format(new Date(iso));
}

/** What is told apart by its key: `People import (people-import)`. */
export function nameWithKey({ name, key }: { name: string; key: string }): string {
  return name === key ? key : `${name} (${key})`;
}

/** Bytes as a person says them, in units of 1024. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} bytes`;
  const units = ["KiB", "MiB", "GiB"];
  const power = Math.min(units.length, Math.floor(Math.log(bytes) / Math.log(1_024)));
  return `${(bytes / 1_024 ** power).toFixed(1)} ${units[power - 1]}`;
}

const days = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const timesOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** A local day, by the milliseconds of its midnight, as if its clocks stood on UTC. */
export function formatDay(midnight: number): string {
  return days.format(midnight);
}

/** The time of day of a moment in the viewer's zone. */
export function formatTimeOfDay(at: Date): string {
  return timesOfDay.format(at);
}

const day = { day: "numeric", month: "short", year: "numeric" } as const;
const weekdayAndTime = { weekday: "short", hour: "2-digit", minute: "2-digit" } as const;
const zoned = new Map<string, { long: Intl.DateTimeFormat; short: Intl.DateTimeFormat }>();

/** A moment as the clocks of a zone show it: with its day, or short where that stands beside it. */
export function formatZoned(at: Date, timeZone: string, length: "long" | "short" = "long"): string {
  const formats = zoned.get(timeZone) ?? {
    long: new Intl.DateTimeFormat(undefined, { ...day, ...weekdayAndTime, timeZone }),
    short: new Intl.DateTimeFormat(undefined, { ...weekdayAndTime, timeZone }),
  };
  zoned.set(timeZone, formats);
  return formats[length].format(at);
}
