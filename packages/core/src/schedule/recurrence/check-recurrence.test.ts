import { describe, expect, test } from "vitest";
import { checkRecurrence } from "./check-recurrence.ts";
import { type RecurrenceKind, recurrenceKinds } from "./recurrence.ts";
import { writeRecurrence } from "./testing/sample-recurrence.ts";

const now = new Date("2026-01-01T12:00:00Z");
const check = (kind: RecurrenceKind, changes: object = {}) => checkRecurrence(writeRecurrence(kind, changes), now);

test.each(recurrenceKinds)("a sound one of kind %s has no fault", (kind) => expect(check(kind)).toEqual([]));

test.each<[RecurrenceKind, object]>([
  ["once", { at: "2026-01-01T13:01" }],
  ["once", { at: "2199-12-31T23:59" }],
  ["hourly", { every: 8_760 }],
  ["daily", { every: 3_660, at: "00:00" }],
  ["daily", { at: "23:59", times: 1_000 }],
  ["daily", { start: "2026-01-02T02:30", end: "2026-01-02T02:30" }],
  ["daily", { times: 2 }],
  ["weekly", { every: 520, days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] }],
  ["monthly", { days: [31] }],
  ["monthly", { days: [1, 31, "last"], missingDay: "last" }],
  ["monthly", { days: [30], start: "2026-02-01T00:00", end: "2026-03-30T02:30" }],
  ["cron", { expression: "0 0 29 2 *" }],
])("%s takes %j", (kind, changes) => expect(check(kind, changes)).toEqual([]));

test.each<[RecurrenceKind, object, string, string]>([
  ["once", { at: "2026-01-01T13:00" }, "at", "is in the past"],
  ["once", { at: "2026-02-30T06:00" }, "at", "must be a local date and time"],
  ["once", { at: "2026-02-01T24:00" }, "at", "must be a local date and time"],
  ["once", { at: "2026-02-01 06:00" }, "at", "must be a local date and time"],
  ["once", { at: "2026-02-01T06:00:00" }, "at", "must be a local date and time"],
  ["once", { at: "1969-12-31T23:59" }, "at", "must be a local date and time"],
  ["once", { at: "2200-01-01T00:00" }, "at", "must be a local date and time"],
  ["once", { start: "2026-02-01T06:00" }, "start", "is not known here"],
  ["once", { timeZone: "Mars/Olympus" }, "timeZone", "is no time zone; name one such as"],
  ["daily", { timeZone: "+01:00" }, "timeZone", "is no time zone"],
  ["daily", { timeZone: "" }, "timeZone", "is no time zone"],
  ["daily", { timeZone: undefined }, "timeZone", "is missing"],
  ["hourly", { every: 0 }, "every", "must be a whole number of hours, 1 to 8760"],
  ["hourly", { every: 8_761 }, "every", "must be a whole number of hours, 1 to 8760"],
  ["hourly", { every: 1.5 }, "every", "must be a whole number of hours"],
  ["hourly", { every: "6" }, "every", "must be a whole number of hours"],
  ["hourly", { start: "" }, "start", "must be a local date and time"],
  ["daily", { every: 0 }, "every", "must be a whole number of days, 1 to 3660"],
  ["daily", { every: 3_661 }, "every", "must be a whole number of days"],
  ["daily", { every: -1 }, "every", "must be a whole number of days"],
  ["daily", { at: "24:00" }, "at", "must be a time of day"],
  ["daily", { at: "6:00" }, "at", "must be a time of day"],
  ["daily", { at: "06:60" }, "at", "must be a time of day"],
  ["weekly", { every: 521 }, "every", "must be a whole number of weeks, 1 to 520"],
  ["weekly", { days: [] }, "days", "must name at least one day of the week"],
  ["weekly", { days: ["monday"] }, "days.0", "must be one of mon, tue"],
  ["weekly", { days: Array(8).fill("mon") }, "days", "must name each day once"],
  ["monthly", { days: [] }, "days", "must name at least one day of the month"],
  ["monthly", { days: [1, 0] }, "days.1", "must be a day from 1 to 31"],
  ["monthly", { days: [32] }, "days.0", "must be a day from 1 to 31"],
  ["monthly", { days: ["first"] }, "days.0", "must be a day from 1 to 31"],
  ["monthly", { missingDay: "move" }, "missingDay", 'must be "skip" or "last"'],
  ["cron", { expression: "0 0 30 2 *" }, "expression", "never fires"],
  ["cron", { expression: "0 0 2 * * *" }, "expression", "seconds are not taken"],
  ["cron", { expression: "@daily" }, "expression", "is a nickname"],
  ["cron", { expression: "0 0 L * *" }, "expression", "no other sign"],
  ["cron", { expression: `0 0 * * ${"1,".repeat(100)}1` }, "expression", "must have at most 200 characters"],
  ["daily", { end: "2025-12-31T23:59" }, "end", "is before the start"],
  ["daily", { times: 0 }, "times", "must be a whole number of occurrences, 1 to 1000"],
  ["daily", { times: 1_001 }, "times", "must be a whole number of occurrences"],
  ["daily", { times: 1 }, "times", "leaves nothing to come"],
  ["daily", { times: 2, end: "2027-01-01T00:00" }, "times", "cannot stand beside an end"],
  ["daily", { end: "2026-01-01T12:00" }, "end", "leaves nothing to come"],
  ["daily", { start: "2026-01-02T02:31", end: "2026-01-03T02:29" }, "end", "leaves no time to occur"],
  ["monthly", { days: [30], start: "2026-02-01T00:00", end: "2026-03-30T02:29" }, "end", "leaves no time to occur"],
  ["daily", { jitter: 5 }, "jitter", "is not known here"],
])("%s refuses %j at %s: %s", (kind, changes, path, message) => {
  const faults = check(kind, changes);
  expect(faults.map((fault) => fault.path.join("."))).toEqual([path]);
  expect(faults[0]?.message).toContain(message);
});

describe("what is no recurrence at all", () => {
  test.each([[null], [[]], ["daily"], [{}], [{ kind: "yearly" }], [{ kind: "toString" }]])("%j", (given) => {
    expect(checkRecurrence(given, now)).toHaveLength(1);
    expect(checkRecurrence(given, now)[0]?.message).toContain("must be one of once, hourly, daily");
  });
});

test("all faults are told at once", () => {
  const faults = check("weekly", { every: 0, days: [], at: "noon", timeZone: "Mars", start: "soon", times: 0 });
  expect(faults.map(({ path }) => path[0]).sort()).toEqual(["at", "days", "every", "start", "timeZone", "times"]);
});
