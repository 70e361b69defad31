import { describeCron } from "./describe-cron.ts";
import { readLocal } from "./local-minute.ts";
import { type Recurrence, type RecurrenceOf, type RepeatingRecurrence, weekdays } from "./recurrence.ts";
import { sayDay, sayDayAndTime, sayEvery, sayMonthDays, sayWeekdays } from "./words.ts";

/**
 * A recurrence as one English sentence, such as `Every 2 weeks on Monday at 06:00 (Europe/Berlin), from 1 December 2026.`
 * With `fromNow` it begins whenever that is.
 */
export function describeRecurrence(recurrence: Recurrence, { fromNow = false } = {}): string {
  const rhythm = describeRhythm(recurrence);
  const bounds = recurrence.kind === "once" ? [] : describeBounds(recurrence, fromNow);
  return `${[`${rhythm} (${recurrence.timeZone})`, ...bounds].join(", ")}.`;
}

function describeRhythm(recurrence: Recurrence): string {
  switch (recurrence.kind) {
    case "once":
      return `Once on ${sayDayAndTime(readLocal(recurrence.at))}`;
    case "hourly":
      return `Every ${sayEvery(recurrence.every, "hour")}`;
    case "daily":
      return `Every ${sayEvery(recurrence.every, "day")} at ${recurrence.at}`;
    case "weekly":
      return describeWeeks(recurrence);
    case "monthly":
      return describeMonths(recurrence);
    case "cron":
      return describeCron(recurrence.expression);
  }
}

function describeWeeks({ every, days, at }: RecurrenceOf<"weekly">): string {
  const isWhole = weekdays.every((day) => days.includes(day));
  if (isWhole && every === 1) return `Every day at ${at}`;
  return `Every ${sayEvery(every, "week")} on ${isWhole ? "every day" : sayWeekdays(days)} at ${at}`;
}

function describeMonths({ days, missingDay, at }: RecurrenceOf<"monthly">): string {
  const isLacking = days.some((day) => day !== "last" && day > 28);
  const isMoved = missingDay === "last";
  const lacking = isMoved ? " (in a shorter month on its last day)" : " (not in months without that day)";
  return `Every month on the ${sayMonthDays(days)}${isLacking ? lacking : ""} at ${at}`;
}

function describeBounds({ kind, start, end, times }: RepeatingRecurrence, fromNow: boolean): string[] {
  const isFromMidnight = start.endsWith("T00:00") && kind !== "hourly";
  const from = isFromMidnight ? sayDay(readLocal(start)) : sayDayAndTime(readLocal(start));
  const bounds = [`from ${fromNow ? "now on" : from}`];
  if (end !== undefined)
    bounds.push(`until ${end.endsWith("T23:59") ? sayDay(readLocal(end)) : sayDayAndTime(readLocal(end))}`);
  if (times !== undefined) bounds.push(times === 1 ? "1 time" : `${times} times`);
  return bounds;
}
