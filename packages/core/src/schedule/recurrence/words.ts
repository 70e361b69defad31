import type { LocalTime } from "./local-minute.ts";
import { type Weekday, weekdays } from "./recurrence.ts";

/** `Monday, Thursday and Sunday` */
export function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** `day` of one, `3 days` of three. */
export function sayEvery(count: number, unit: string): string {
  return count === 1 ? unit : `${count} ${unit}s`;
}

const weekdayNames: Record<Weekday, string> = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};

/** `Monday and Thursday`; three days or more in a row as `Monday to Friday`. */
export function sayWeekdays(days: readonly Weekday[]): string {
  const runs: Weekday[][] = [];
  for (const [index, day] of weekdays.entries()) {
    if (!days.includes(day)) continue;
    const previous = weekdays[index - 1];
    const run = runs.at(-1);
    if (run && previous === run.at(-1)) run.push(day);
    else runs.push([day]);
  }
  return joinWords(runs.flatMap(sayRun));
}

function sayRun(run: Weekday[]): string[] {
  const names = run.map((day) => weekdayNames[day]);
  return names.length < 3 ? names : [`${names[0]} to ${names.at(-1)}`];
}

const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** `January and July`; the months are 1 to 12. */
export function sayMonths(months: readonly number[]): string {
  return joinWords(months.map((month) => monthNames[month - 1] ?? ""));
}

/** `1st, 15th and last day`, as it follows "on the". */
export function sayMonthDays(days: readonly (number | "last")[]): string {
  const numbers = [...new Set(days)].filter((day) => day !== "last").sort((a, b) => a - b);
  return joinWords([...numbers.map(ordinal), ...(days.includes("last") ? ["last day"] : [])]);
}

function ordinal(day: number): string {
  const ends: Record<number, string> = { 1: "st", 2: "nd", 3: "rd" };
  const isTeen = day > 10 && day < 14;
  return `${day}${(isTeen ? undefined : ends[day % 10]) ?? "th"}`;
}

/** `1 December 2026` */
export function sayDay(local: LocalTime): string {
  const date = new Date(local);
  return `${date.getUTCDate()} ${sayMonths([date.getUTCMonth() + 1])} ${date.getUTCFullYear()}`;
}

/** `1 December 2026 at 06:00` */
export function sayDayAndTime(local: LocalTime): string {
  return `${sayDay(local)} at ${new Date(local).toISOString().slice(11, 16)}`;
}
