import {
  dayMilliseconds,
  type LocalTime,
  startOfDay,
  writeLocal,
} from "@waybill/core/schedule/recurrence/local-minute";
import { type Occurrence, occurrencesAfter } from "@waybill/core/schedule/recurrence/occurrences";
import { type Recurrence, recurrenceLimits } from "@waybill/core/schedule/recurrence/recurrence";
import { localAt, placeLocal } from "@waybill/core/schedule/recurrence/zone-clock";
import type { Schedule } from "../data/schedules.ts";
import { sayMoved } from "../schedule/preview.model.ts";
import { frequentTimes, timesOfDay } from "./cron-times.model.ts";

/** What of a schedule the calendar shows in a day: one time, or all times of one that occurs often. */
export interface WeekEntry {
  schedule: Pick<Schedule, "id" | "name">;
  state: "planned" | "paused" | "deleted";
  /** The time, or the first of them. */
  at: Date;
  /** What a clock change does to it. */
  moved: string | null;
  /** Of one that occurs often: how often, such as `Every 5 minutes, 288 times`. */
  often: string | null;
}

/** A day of the viewer, by its midnight, and what is planned in it. */
export interface WeekDay {
  day: LocalTime;
  entries: WeekEntry[];
}

type Scheduled = Pick<Schedule, "id" | "name" | "recurrence" | "sentence" | "target" | "paused" | "nextAt">;

const weekDays = 7;
/** Those that occur more often in a day are told in one line. */
const shownOfDayMax = 3;

/** What comes from now on until the end of the seventh day, by the viewer's days. */
export function weekOf(schedules: readonly Scheduled[], now: Date, viewerZone: string): WeekDay[] {
  const today = startOfDay(localAt(now.getTime(), viewerZone));
  const week = Array.from(
    { length: weekDays },
    (_, index): WeekDay => ({
      day: today + index * dayMilliseconds,
      entries: [],
    }),
  );
  const end = placeLocal(today + weekDays * dayMilliseconds, viewerZone).at;
  for (const schedule of schedules) {
    if (schedule.nextAt === null) continue;
    // What comes before the next one has been skipped.
    const from = new Date(Math.max(now.getTime(), Date.parse(schedule.nextAt) - 1));
    const byDay = Map.groupBy(occurrencesUntil(schedule.recurrence, from, end), ({ at }) =>
      startOfDay(localAt(at.getTime(), viewerZone)),
    );
    for (const { day, entries } of week) entries.push(...entriesOf(schedule, byDay.get(day) ?? []));
  }
  for (const { entries } of week) entries.sort((one, other) => one.at.getTime() - other.at.getTime());
  return week;
}

function occurrencesUntil(recurrence: Recurrence, from: Date, end: number): Occurrence[] {
  const { kind } = recurrence;
  if (kind === "cron" && recurrence.times === undefined && timesOfDay(recurrence.expression) > shownOfDayMax)
    return frequentTimes(recurrence, from, end);
  const bounded = recurrence.kind === "once" ? recurrence : endingBy(recurrence, end);
  // Those without `times` have fewer in a week.
  return occurrencesAfter(bounded, from, recurrenceLimits.timesMax).filter(({ at }) => at.getTime() < end);
}

/** The same as far as the end of the week, so that no more is computed than is shown. */
function endingBy<Repeating extends Exclude<Recurrence, { kind: "once" }>>(
  recurrence: Repeating,
  at: number,
): Repeating {
  // A day to spare, since a local time may come twice.
  const last = writeLocal(localAt(at, recurrence.timeZone) + dayMilliseconds);
  return recurrence.end !== undefined && recurrence.end < last ? recurrence : { ...recurrence, end: last };
}

function entriesOf(schedule: Scheduled, occurrences: readonly Occurrence[]): WeekEntry[] {
  const { id, name, target, paused } = schedule;
  const state = target.deleted ? "deleted" : paused ? "paused" : "planned";
  const entry = (occurrence: Occurrence, often: string | null): WeekEntry => ({
    schedule: { id, name },
    state,
    at: occurrence.at,
    moved: sayMoved(occurrence),
    often,
  });
  const [first] = occurrences;
  if (!first || occurrences.length <= shownOfDayMax) return occurrences.map((one) => entry(one, null));
  const [rhythm] = schedule.sentence.split(` (${schedule.recurrence.timeZone})`);
  return [entry(first, `${rhythm}, ${occurrences.length} times`)];
}
