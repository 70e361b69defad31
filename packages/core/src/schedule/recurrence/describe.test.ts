import { expect, test } from "vitest";
import { describeRecurrence } from "./describe.ts";
import type { RecurrenceKind } from "./recurrence.ts";
import { makeRecurrence } from "./testing/sample-recurrence.ts";

const describe = (kind: RecurrenceKind, changes: object) => {
  const start = kind === "once" ? {} : { start: "2026-12-01T00:00" };
  return describeRecurrence(makeRecurrence(kind, { ...start, ...changes }));
};

test.each<[RecurrenceKind, object, string]>([
  ["once", {}, "Once on 29 March 2026 at 06:00 (Europe/Berlin)."],
  ["hourly", {}, "Every hour (Europe/Berlin), from 1 December 2026 at 00:00."],
  ["hourly", { every: 6, times: 4 }, "Every 6 hours (Europe/Berlin), from 1 December 2026 at 00:00, 4 times."],
  ["daily", {}, "Every day at 02:30 (Europe/Berlin), from 1 December 2026."],
  [
    "daily",
    { every: 3, start: "2026-12-01T12:00", times: 1 },
    "Every 3 days at 02:30 (Europe/Berlin), from 1 December 2026 at 12:00, 1 time.",
  ],
  [
    "weekly",
    { every: 2, days: ["thu", "mon"], at: "06:00", times: 10 },
    "Every 2 weeks on Monday and Thursday at 06:00 (Europe/Berlin), from 1 December 2026, 10 times.",
  ],
  [
    "weekly",
    { days: ["mon", "tue", "wed", "thu", "fri"], end: "2026-12-31T23:59" },
    "Every week on Monday to Friday at 02:30 (Europe/Berlin), from 1 December 2026, until 31 December 2026.",
  ],
  [
    "weekly",
    { days: ["mon", "tue", "wed", "sat", "sun"], end: "2026-12-31T00:00" },
    "Every week on Monday to Wednesday, Saturday and Sunday at 02:30 (Europe/Berlin), from 1 December 2026, until 31 December 2026 at 00:00.",
  ],
])("%s %j: %s", (kind, changes, sentence) => expect(describe(kind, changes)).toBe(sentence));

const rhythm = (kind: RecurrenceKind, changes: object) =>
  describe(kind, changes).replace(" (Europe/Berlin), from 1 December 2026.", "");
const week = ["sun", "sat", "fri", "thu", "wed", "tue", "mon"];

test.each<[RecurrenceKind, object, string]>([
  ["weekly", { days: week }, "Every day at 02:30"],
  ["weekly", { days: week, every: 2 }, "Every 2 weeks on every day at 02:30"],
  ["monthly", {}, "Every month on the 1st at 02:30"],
  ["monthly", { days: [22, 11, 3, "last"] }, "Every month on the 3rd, 11th, 22nd and last day at 02:30"],
  ["monthly", { days: [28] }, "Every month on the 28th at 02:30"],
  ["monthly", { days: [29] }, "Every month on the 29th (not in months without that day) at 02:30"],
  [
    "monthly",
    { days: [31], missingDay: "last" },
    "Every month on the 31st (in a shorter month on its last day) at 02:30",
  ],
])("%s %j: %s", (kind, changes, words) => expect(rhythm(kind, changes)).toBe(words));

test.each([
  ["30 2 * * *", "Every day at 02:30"],
  ["0 6,18 * * *", "Every day at 06:00 and 18:00"],
  ["0,30 9 * * 1-5", "Every week on Monday to Friday at 09:00 and 09:30"],
  ["0 9 * * SUN", "Every week on Sunday at 09:00"],
  ["0 9 * * 7,3", "Every week on Wednesday and Sunday at 09:00"],
  ["0 9 * * 0-7", "Every day at 09:00"],
  ["0 9 * 1 mon", "Every week on Monday in January at 09:00"],
  ["0 9 * jan,jul *", "Every day in January and July at 09:00"],
  ["0 6 1,15 * *", "Every month on the 1st and 15th at 06:00"],
  ["0 6 31 * *", "Every month on the 31st (not in months without that day) at 06:00"],
  ["0 6 1 1,7 *", "On the 1st of January and July at 06:00"],
  ["0 */6 * * *", "Every day at 00:00, 06:00, 12:00 and 18:00"],
  ["* * * * *", "Every minute"],
  ["*/15 * * * *", "Every 15 minutes"],
  ["*/15 * * * 1-5", "Every 15 minutes, every week on Monday to Friday"],
  ["5 * * * *", "Every hour at minute 5"],
  ["5 */2 * * *", "Every 2 hours at minute 5, counted from midnight"],
  ["  0  9-20 * * * ", 'By the cron expression "0 9-20 * * *"'],
  ["*/7 * * * *", 'By the cron expression "*/7 * * * *"'],
  ["0 9 13 * fri", 'By the cron expression "0 9 13 * fri"'],
  ["0 9 1-8 * *", 'By the cron expression "0 9 1-8 * *"'],
  ["1,2 * * * *", 'By the cron expression "1,2 * * * *"'],
  ["*/15 9 1 * 1", 'By the cron expression "*/15 9 1 * 1"'],
])("cron %s: %s", (expression, words) => expect(rhythm("cron", { expression })).toBe(words));

test("what begins whenever it is kept begins now", () => {
  const said = describeRecurrence(makeRecurrence("daily", { times: 2 }), { fromNow: true });
  expect(said).toBe("Every day at 02:30 (Europe/Berlin), from now on, 2 times.");
});
