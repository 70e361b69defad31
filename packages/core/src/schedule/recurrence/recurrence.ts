import { z } from "zod";
import { findCronFault } from "./cron-expression.ts";
import { isLocal, isTimeOfDay, localYears } from "./local-minute.ts";
import { isNamedZone } from "./zone-clock.ts";

/** The ways in which something can occur again and again, or once. */
export const recurrenceKinds = ["once", "hourly", "daily", "weekly", "monthly", "cron"] as const;
export type RecurrenceKind = (typeof recurrenceKinds)[number];

/** The days of a week, which begins on Monday. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** What bounds a recurrence, each with its unit in its name. */
export const recurrenceLimits = {
  everyHoursMax: 8_760,
  everyDaysMax: 3_660,
  everyWeeksMax: 520,
  /** Those before the one that is asked for are counted; where more are wanted, `end` bounds them. */
  timesMax: 1_000,
  cronCharactersMax: 200,
} as const;

const localDateTime = z
  .string()
  .refine(
    isLocal,
    `must be a local date and time such as 2026-12-01T06:00, in the years ${localYears.first} to ${localYears.last}`,
  );
const timeOfDay = z.string().refine(isTimeOfDay, "must be a time of day such as 06:00, from 00:00 to 23:59");
const timeZone = z.string().refine(isNamedZone, "is no time zone; name one such as Europe/Berlin or UTC");

const count = (most: number, what: string) => {
  const message = `must be a whole number of ${what}, 1 to ${most}`;
  return z.number(message).int(message).min(1, message).max(most, message);
};

const repeats = {
  timeZone,
  /** Nothing occurs before it, and intervals are counted from it. */
  start: localDateTime,
  /** Nothing occurs after it. */
  end: localDateTime.optional(),
  /** After so many occurrences, counted from the first, there are no more. */
  times: count(recurrenceLimits.timesMax, "occurrences").optional(),
};

const monthDayMessage = 'must be a day from 1 to 31, or "last"';
const monthDay = z.union(
  [z.number().int(monthDayMessage).min(1, monthDayMessage).max(31, monthDayMessage), z.literal("last")],
  monthDayMessage,
);

/**
 * When something occurs, on the clocks of a time zone. What a schema can tell is checked here, so that each that it takes
 * can be computed; `checkRecurrence` tells the rest.
 */
export const recurrenceSchema = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("once"), timeZone, at: localDateTime }),
    /** Every so many hours that pass, from `start`, where the first one is. */
    z.strictObject({ kind: z.literal("hourly"), every: count(recurrenceLimits.everyHoursMax, "hours"), ...repeats }),
    /** Every so many days, counted from the day of `start`. */
    z.strictObject({
      kind: z.literal("daily"),
      every: count(recurrenceLimits.everyDaysMax, "days"),
      at: timeOfDay,
      ...repeats,
    }),
    /** On these days of every so many weeks, counted from the week of `start`. */
    z.strictObject({
      kind: z.literal("weekly"),
      every: count(recurrenceLimits.everyWeeksMax, "weeks"),
      days: z
        .array(z.enum(weekdays, `must be one of ${weekdays.join(", ")}`))
        .min(1, "must name at least one day of the week")
        .max(weekdays.length, "must name each day once"),
      at: timeOfDay,
      ...repeats,
    }),
    z.strictObject({
      kind: z.literal("monthly"),
      days: z.array(monthDay).min(1, "must name at least one day of the month").max(32, "must name each day once"),
      at: timeOfDay,
      /** What is done with a day that a month lacks: nothing, or its last day is taken. */
      missingDay: z.enum(["skip", "last"], 'must be "skip" or "last"').default("skip"),
      ...repeats,
    }),
    z.strictObject({
      kind: z.literal("cron"),
      expression: z
        .string()
        .max(recurrenceLimits.cronCharactersMax, `must have at most ${recurrenceLimits.cronCharactersMax} characters`)
        .superRefine((text, { addIssue }) => {
          const fault = findCronFault(text);
          if (fault !== null) addIssue(fault);
        }),
      ...repeats,
    }),
  ],
  `must be one of ${recurrenceKinds.join(", ")}`,
);

export type Recurrence = z.output<typeof recurrenceSchema>;
/** A recurrence of this kind. */
export type RecurrenceOf<Kind extends RecurrenceKind> = Extract<Recurrence, { kind: Kind }>;
/** A recurrence that can occur more than once. */
export type RepeatingRecurrence = Exclude<Recurrence, { kind: "once" }>;
