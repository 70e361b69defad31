import { type Recurrence, type RecurrenceKind, recurrenceSchema } from "../recurrence.ts";

const start = "2026-01-01T00:00";

const samples = {
  once: { at: "2026-03-29T06:00" },
  hourly: { every: 1, start },
  daily: { every: 1, at: "02:30", start },
  weekly: { every: 1, days: ["sun"], at: "02:30", start },
  monthly: { days: [1], at: "02:30", start },
  cron: { expression: "30 2 * * *", start },
} satisfies Record<RecurrenceKind, object>;

/** A recurrence of this kind in Europe/Berlin from 2026 on, as it is written. */
export function writeRecurrence(kind: RecurrenceKind, changes: object = {}): object {
  return { kind, timeZone: "Europe/Berlin", ...samples[kind], ...changes };
}

/** The same, as it was read. */
export function makeRecurrence(kind: RecurrenceKind, changes: object = {}): Recurrence {
  return recurrenceSchema.parse(writeRecurrence(kind, changes));
}
