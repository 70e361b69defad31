import { isDay } from "../../definition/timeframe.ts";

/**
 * A local date-time, as the milliseconds that it would have if the clocks of its zone stood on UTC. Two of one zone can be
 * compared and counted with; where they stand on the line of time, only the zone can say.
 */
export type LocalTime = number;

export const minuteMilliseconds = 60_000;
export const hourMilliseconds = 60 * minuteMilliseconds;
export const dayMilliseconds = 24 * hourMilliseconds;

/** The years in which a recurrence may begin and end. */
export const localYears = { first: 1970, last: 2199 } as const;

/** Where computing stops, as croner does. */
export const endOfTime = Date.UTC(3000, 0, 1);

/** Whether this is a local date and time as `yyyy-MM-ddTHH:mm`, in the years of `localYears`. */
export function isLocal(text: string): boolean {
  const [day, year] = [text.slice(0, 10), Number(text.slice(0, 4))];
  if (text[10] !== "T" || !isDay(day) || !isTimeOfDay(text.slice(11))) return false;
  return year >= localYears.first && year <= localYears.last;
}

/** Whether this is a time of day as `HH:mm`, 00:00 to 23:59. */
export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** Reads what `isLocal` takes. */
export function readLocal(text: string): LocalTime {
  return Date.parse(`${text}:00Z`);
}

/** Reads what `isTimeOfDay` takes, as the milliseconds from midnight. */
export function readTimeOfDay(text: string): number {
  return Number(text.slice(0, 2)) * hourMilliseconds + Number(text.slice(3)) * minuteMilliseconds;
}

/** `yyyy-MM-ddTHH:mm` */
export function writeLocal(local: LocalTime): string {
  return new Date(local).toISOString().slice(0, 16);
}

/** The midnight with which the day of a local time begins. */
export function startOfDay(local: LocalTime): LocalTime {
  return Math.floor(local / dayMilliseconds) * dayMilliseconds;
}

/** The Monday with which the week of a local time begins. */
export function startOfWeek(local: LocalTime): LocalTime {
  return startOfDay(local) - ((new Date(local).getUTCDay() + 6) % 7) * dayMilliseconds;
}
