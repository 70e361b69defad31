import { checkRecurrence } from "@waybill/core/schedule/recurrence/check-recurrence";
import { dayMilliseconds, startOfDay, writeLocal } from "@waybill/core/schedule/recurrence/local-minute";
import {
  type Recurrence,
  type RecurrenceKind,
  recurrenceSchema,
  type Weekday,
} from "@waybill/core/schedule/recurrence/recurrence";
import { startFromNow } from "@waybill/core/schedule/recurrence/start-from-now";
import { localAt } from "@waybill/core/schedule/recurrence/zone-clock";
import { sentence } from "../ui/sentence.ts";

/** When something occurs, as it is being written: the text of each input, whatever kind is chosen now. */
export interface RecurrenceForm {
  kind: RecurrenceKind;
  timeZone: string;
  /** Of what occurs once. */
  onceAt: string;
  every: string;
  timeOfDay: string;
  weekdays: Weekday[];
  monthDays: (number | "last")[];
  missingDay: "skip" | "last";
  expression: string;
  /** Empty: from now on. */
  start: string;
  bound: "none" | "end" | "times";
  end: string;
  times: string;
}

const firstHourMilliseconds = 6 * 3_600_000;

/** Each day at six from now on, and for every other kind what is as likely. */
export function firstRecurrence(timeZone: string, now: Date): RecurrenceForm {
  const today = startOfDay(localAt(now.getTime(), timeZone));
  return {
    kind: "daily",
    timeZone,
    onceAt: writeLocal(today + dayMilliseconds + firstHourMilliseconds),
    every: "1",
    timeOfDay: "06:00",
    weekdays: ["mon"],
    monthDays: [1],
    missingDay: "skip",
    expression: "0 6 * * *",
    start: "",
    bound: "none",
    end: writeLocal(today + 365 * dayMilliseconds),
    times: "10",
  };
}

/** The form of a recurrence that is there; `now` is for what other kinds begin with. */
export function toRecurrenceForm(recurrence: Recurrence, now: Date): RecurrenceForm {
  const form = { ...firstRecurrence(recurrence.timeZone, now), kind: recurrence.kind };
  if (recurrence.kind === "once") return { ...form, onceAt: recurrence.at };
  const { start, end, times } = recurrence;
  const bounds = {
    start,
    ...(end !== undefined && { bound: "end" as const, end }),
    ...(times !== undefined && { bound: "times" as const, times: String(times) }),
  };
  return { ...form, ...bounds, ...partsOf(recurrence) };
}

function partsOf(recurrence: Exclude<Recurrence, { kind: "once" }>): Partial<RecurrenceForm> {
  switch (recurrence.kind) {
    case "hourly":
      return { every: String(recurrence.every) };
    case "daily":
      return { every: String(recurrence.every), timeOfDay: recurrence.at };
    case "weekly":
      return { every: String(recurrence.every), timeOfDay: recurrence.at, weekdays: [...recurrence.days] };
    case "monthly":
      return { timeOfDay: recurrence.at, monthDays: [...recurrence.days], missingDay: recurrence.missingDay };
    case "cron":
      return { expression: recurrence.expression };
  }
}

/** What is written, in the form that `checkRecurrence` and the server take, right or wrong; what has no start begins after `now`. */
export function writeRecurrence(form: RecurrenceForm, now: Date): Record<string, unknown> {
  const { kind, timeOfDay: at } = form;
  const timeZone = form.timeZone.trim();
  const every = readCount(form.every);
  const bounds = {
    timeZone,
    start: form.start || startFromNow(timeZone, now),
    ...(form.bound === "end" && { end: form.end }),
    ...(form.bound === "times" && { times: readCount(form.times) }),
  };
  switch (kind) {
    case "once":
      return { kind, timeZone, at: form.onceAt };
    case "hourly":
      return { kind, every, ...bounds };
    case "daily":
      return { kind, every, at, ...bounds };
    case "weekly":
      return { kind, every, days: form.weekdays, at, ...bounds };
    case "monthly":
      return { kind, days: form.monthDays, at, missingDay: form.missingDay, ...bounds };
    case "cron":
      return { kind, expression: form.expression.trim(), ...bounds };
  }
}

/** A number that is none is told to be none. */
function readCount(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** What is written, if it can be computed and something of it is still to come; else what is wrong, by its part. */
export type CheckedRecurrence =
  | { recurrence: Recurrence; faults: Record<string, string> }
  | { recurrence: null; faults: Record<string, string> };

/** Checks a recurrence as it is typed. */
export function checkRecurrenceForm(form: RecurrenceForm, now: Date): CheckedRecurrence {
  const given = writeRecurrence(form, now);
  const found = checkRecurrence(given, now);
  if (found.length === 0) return { recurrence: recurrenceSchema.parse(given), faults: {} };
  const faults: Record<string, string> = {};
  for (const { path, message } of found) {
    const part = partOf(String(path[0] ?? ""), form.bound);
    faults[part] ??= sentence(message);
  }
  return { recurrence: null, faults };
}

/** What no end and no number of times bounds has its fault where one could be chosen. */
function partOf(part: string, bound: RecurrenceForm["bound"]): string {
  return (part === "end" || part === "times") && part !== bound ? "bound" : part;
}
