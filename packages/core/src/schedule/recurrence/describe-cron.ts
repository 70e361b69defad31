import { type CronField, cronFields, readCronField } from "./cron-field.ts";
import { weekdays } from "./recurrence.ts";
import { joinWords, sayEvery, sayMonthDays, sayMonths, sayWeekdays } from "./words.ts";

/** More days, months or times than these make no sentence. */
const listedMax = 7;

/** A cron expression in words where they are certain, and else as it stands; begins with a capital. */
export function describeCron(expression: string): string {
  const fields = expression.trim().split(/\s+/);
  return sayCron(fields) ?? `By the cron expression "${fields.join(" ")}"`;
}

function sayCron(fields: string[]): string | null {
  const [minutes, hours, monthDays, months, weekDays] = cronFields.map((field, index) => read(fields[index], field));
  const days = sayDays(monthDays ?? null, months ?? null, weekDays ?? null);
  if (days === null) return null;
  const times = minutes && hours ? sayTimes(minutes, hours) : null;
  if (times !== null) return `${days} at ${times}`;
  const interval = sayInterval(fields[0] ?? "", fields[1] ?? "");
  if (interval === null || days === "Every day") return interval;
  return `${interval}, ${days.charAt(0).toLowerCase()}${days.slice(1)}`;
}

/** What a field narrows its unit down to; null if that is nothing. */
type Values = readonly number[] | null;

function read(text = "*", field: CronField): Values {
  if (text === "*") return null;
  const found = readCronField(text, field);
  return "values" in found ? found.values : null;
}

/** Null where both days are given, of which either is enough, and where they are too many. */
function sayDays(monthDays: Values, months: Values, weekDays: Values): string | null {
  if (monthDays && weekDays) return null;
  if ([monthDays, months].some((values) => values && values.length > listedMax)) return null;
  if (monthDays) return sayDaysOfMonth(monthDays, months);
  const named = months ? ` in ${sayMonths(months)}` : "";
  if (!weekDays || weekDays.length === weekdays.length) return `Every day${named}`;
  const days = weekdays.filter((_, index) => weekDays.includes((index + 1) % weekdays.length));
  return `Every week on ${sayWeekdays(days)}${named}`;
}

function sayDaysOfMonth(days: readonly number[], months: Values): string {
  if (months) return `On the ${sayMonthDays(days)} of ${sayMonths(months)}`;
  const lacking = days.some((day) => day > 28) ? " (not in months without that day)" : "";
  return `Every month on the ${sayMonthDays(days)}${lacking}`;
}

function sayTimes(minutes: readonly number[], hours: readonly number[]): string | null {
  if (minutes.length * hours.length > listedMax) return null;
  const two = (number: number) => String(number).padStart(2, "0");
  return joinWords(hours.flatMap((hour) => minutes.map((minute) => `${two(hour)}:${two(minute)}`)));
}

function sayInterval(minute: string, hour: string): string | null {
  const minuteStep = readStep(minute);
  if (hour === "*" && minuteStep !== null && 60 % minuteStep === 0) return `Every ${sayEvery(minuteStep, "minute")}`;
  const hourStep = readStep(hour);
  if (!/^\d+$/.test(minute) || hourStep === null || 24 % hourStep !== 0) return null;
  const from = hourStep === 1 ? "" : ", counted from midnight";
  return `Every ${sayEvery(hourStep, "hour")} at minute ${Number(minute)}${from}`;
}

/** How far apart a field's values are that begin with its first one. */
function readStep(field: string): number | null {
  const stepped = /^\*(?:\/(\d+))?$/.exec(field);
  return stepped && Number(stepped[1] ?? 1);
}
