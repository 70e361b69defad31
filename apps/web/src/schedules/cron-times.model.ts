import { hasFixedTimes } from "@waybill/core/schedule/recurrence/cron-expression";
import { cronFields, readCronField } from "@waybill/core/schedule/recurrence/cron-field";
import { writeLocal } from "@waybill/core/schedule/recurrence/local-minute";
import type { Occurrence } from "@waybill/core/schedule/recurrence/occurrences";
import type { RecurrenceOf } from "@waybill/core/schedule/recurrence/recurrence";
import { localAt } from "@waybill/core/schedule/recurrence/zone-clock";

/** Clocks are ahead of UTC by a whole number of these, so that in each of them hour and day stay the same. */
const blockMinutes = 15;
const minuteMilliseconds = 60_000;
const blockMilliseconds = blockMinutes * minuteMilliseconds;

/** How often an expression occurs on a day on which it does. */
export function timesOfDay(expression: string): number {
  const { minutes, hours } = readFields(expression);
  return minutes.length * hours.size;
}

/**
 * The occurrences of an expression that occurs often, after `now` and before `end`: thousands of them in some milliseconds,
 * where `occurrencesAfter` takes seconds. What a clock change moves is not marked, and of fixed times that the clocks skip
 * none is there.
 */
export function frequentTimes(recurrence: RecurrenceOf<"cron">, now: Date, end: number): Occurrence[] {
  const { expression, timeZone, start, end: last = "9999" } = recurrence;
  const { minutes, hours, isDay } = readFields(expression);
  const fixed = hasFixedTimes(expression);
  const found = new Map<string | number, Occurrence>();
  const firstBlock = Math.floor(now.getTime() / blockMilliseconds) * blockMilliseconds;
  for (let block = firstBlock; block < end; block += blockMilliseconds) {
    const shown = new Date(localAt(block, timeZone));
    if (!hours.has(shown.getUTCHours()) || !isDay(shown)) continue;
    for (const minute of minutes) {
      const since = minute - shown.getUTCMinutes();
      const at = block + since * minuteMilliseconds;
      if (since < 0 || since >= blockMinutes || at <= now.getTime() || at >= end) continue;
      const local = writeLocal(shown.getTime() + since * minuteMilliseconds);
      const key = fixed ? local : at;
      // A fixed time that comes twice is meant the first time.
      if (local >= start && local <= last && !found.has(key)) found.set(key, { at: new Date(at), local, moved: null });
    }
  }
  return [...found.values()];
}

function readFields(expression: string) {
  const texts = expression.trim().split(/\s+/);
  const [minutes = [], hours = [], monthDays, months, weekdays] = cronFields.map((field, index) => {
    const read = readCronField(texts[index] ?? "*", field);
    return "values" in read ? read.values : [];
  });
  const [isMonthDay, isMonth, isWeekday] = [new Set(monthDays), new Set(months), new Set(weekdays)];
  // Where both are given, either is enough.
  const either = texts[2] !== "*" && texts[4] !== "*";
  const isDay = (shown: Date) => {
    const [ofMonth, ofWeek] = [isMonthDay.has(shown.getUTCDate()), isWeekday.has(shown.getUTCDay())];
    return isMonth.has(shown.getUTCMonth() + 1) && (either ? ofMonth || ofWeek : ofMonth && ofWeek);
  };
  return { minutes, hours: new Set(hours), isDay };
}
