import { cronLocalTimes } from "./cron-expression.ts";
import {
  dayMilliseconds,
  endOfTime,
  type LocalTime,
  readLocal,
  readTimeOfDay,
  startOfDay,
  startOfWeek,
} from "./local-minute.ts";
import { type RecurrenceOf, weekdays } from "./recurrence.ts";

/** A recurrence at fixed local times. */
export type FixedRecurrence = RecurrenceOf<"daily" | "weekly" | "monthly" | "cron">;

/** The local times from `start` to `end` that a recurrence means and that are after one, in their order. */
export function* localTimes(recurrence: FixedRecurrence, after: LocalTime): Generator<LocalTime> {
  const start = readLocal(recurrence.start);
  const end = recurrence.end === undefined ? endOfTime : readLocal(recurrence.end);
  const last = Math.max(start - 1, after);
  for (const local of unboundedTimes(recurrence, start, last)) {
    if (local > end) return;
    if (local > last) yield local;
  }
}

/** All after a local time, and perhaps some of the days just before it. */
function* unboundedTimes(recurrence: FixedRecurrence, start: LocalTime, after: LocalTime): Generator<LocalTime> {
  if (recurrence.kind === "cron") {
    yield* cronLocalTimes(recurrence.expression, after);
    return;
  }
  const sinceMidnight = readTimeOfDay(recurrence.at);
  for (const day of days(recurrence, start, Math.max(start, after))) {
    if (day >= endOfTime) return;
    yield day + sinceMidnight;
  }
}

function days(recurrence: RecurrenceOf<"daily" | "weekly" | "monthly">, start: LocalTime, from: LocalTime) {
  switch (recurrence.kind) {
    case "daily":
      return steps(startOfDay(start), recurrence.every * dayMilliseconds, from);
    case "weekly":
      return weekDays(recurrence, startOfWeek(start), from);
    case "monthly":
      return monthDays(recurrence, from);
  }
}

/** Every so much from `anchor` on, without the steps that end before `from`. */
function* steps(anchor: number, size: number, from: number): Generator<number> {
  for (let at = anchor + Math.floor((from - anchor) / size) * size; ; at += size) yield at;
}

function* weekDays({ every, days }: RecurrenceOf<"weekly">, firstMonday: number, from: number): Generator<number> {
  const chosen = weekdays.flatMap((day, index) => (days.includes(day) ? [index * dayMilliseconds] : []));
  for (const monday of steps(firstMonday, every * 7 * dayMilliseconds, from)) {
    for (const sinceMonday of chosen) yield monday + sinceMonday;
  }
}

function* monthDays(recurrence: RecurrenceOf<"monthly">, from: number): Generator<number> {
  const first = new Date(from);
  for (let month = first.getUTCMonth(); ; month++) {
    const lastDay = new Date(Date.UTC(first.getUTCFullYear(), month + 1, 0)).getUTCDate();
    for (const day of daysOfMonth(recurrence, lastDay)) yield Date.UTC(first.getUTCFullYear(), month, day);
  }
}

/** The days that are meant of a month with so many, sorted, each once. */
function daysOfMonth({ days, missingDay }: RecurrenceOf<"monthly">, lastDay: number): number[] {
  const meant = days.flatMap((day) => {
    if (day === "last") return [lastDay];
    if (day <= lastDay) return [day];
    return missingDay === "last" ? [lastDay] : [];
  });
  return [...new Set(meant)].sort((a, b) => a - b);
}
