import { Cron, CronPattern } from "croner";
import { cronFields, readCronField } from "./cron-field.ts";
import type { LocalTime } from "./local-minute.ts";

const fieldNames = "minute, hour, day of the month, month, day of the week";
const options = { mode: "5-part", fixedTimeRule: "no-wildcard" } as const;

/** What is wrong with a cron expression, and what to write instead; null for one that fires. */
export function findCronFault(expression: string): string | null {
  const text = expression.trim();
  if (text.startsWith("@"))
    return `is a nickname; write five fields instead: ${fieldNames}. For each midnight 0 0 * * *`;
  const fields = text.split(/\s+/);
  if (fields.length === 6) return `has six fields; seconds are not taken. Write five: ${fieldNames}`;
  if (fields.length !== 5) return `must have five fields: ${fieldNames}`;
  for (const [index, field] of cronFields.entries()) {
    const read = readCronField(fields[index] ?? "", field);
    if ("fault" in read) return read.fault;
  }
  return fires(text) ? null : "never fires: no month that it names has such a day. Name a day that one has";
}

function fires(expression: string): boolean {
  return cronLocalTimes(expression, Date.UTC(2000, 0, 1)).next().done !== true;
}

/**
 * Whether an expression names times of day, as `30 2,14 * * *` does: each happens once a day, whatever the clocks do. One
 * with a wildcard or a step in its minute or hour follows the clocks as they stand.
 */
export function hasFixedTimes(expression: string): boolean {
  return new CronPattern(expression, undefined, options).isFixedTime;
}

/** The local times that an expression names, after one, in their order; whatever the clocks do. */
export function* cronLocalTimes(expression: string, after: LocalTime): Generator<LocalTime> {
  yield* runs(new Cron(expression, { ...options, utcOffset: 0 }), after);
}

/** The moments at which the clocks of a zone show what an expression names, after one, in milliseconds since 1970. */
export function* cronMoments(expression: string, timeZone: string, after: number): Generator<number> {
  yield* runs(new Cron(expression, { ...options, timezone: timeZone }), after);
}

function* runs(cron: Cron, after: number): Generator<number> {
  for (let run = cron.nextRun(new Date(after)); run !== null; run = cron.nextRun(run)) yield run.getTime();
}
