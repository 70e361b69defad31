import { occurrencesAfter } from "@waybill/core/schedule/recurrence/occurrences";
import { expect, test } from "vitest";
import { frequentTimes, timesOfDay } from "./cron-times.model.ts";

test.each([
  ["*/5 * * * *", "Europe/Berlin", "2026-10-24T20:07:30Z"],
  ["*/5 * * * *", "Australia/Lord_Howe", "2026-10-03T10:00:00Z"],
  ["*/20 8-17 * * 1-5", "Asia/Kathmandu", "2026-03-27T00:00:00Z"],
  ["0 * 1 * sun", "America/New_York", "2026-10-31T00:00:00Z"],
  ["0-59/10 0,1,2,3,4 * * *", "Europe/Berlin", "2026-10-24T00:00:00Z"],
])("the occurrences of %s in %s are those that the schedule has", (expression, timeZone, from) => {
  const now = new Date(from);
  const end = now.getTime() + 3 * 24 * 3_600_000;
  const recurrence = { kind: "cron", expression, timeZone, start: "2026-01-01T00:00" } as const;
  const known = occurrencesAfter(recurrence, now, 1_000).filter(({ at }) => at.getTime() < end);
  expect(known.length).toBeGreaterThan(10);
  const moments = frequentTimes(recurrence, now, end).map(({ at }) => at.toISOString());
  expect(moments).toEqual(known.map(({ at }) => at.toISOString()));
});

test("nothing is before the start, nor after the end", () => {
  const bounds = { start: "2026-01-01T10:00", end: "2026-01-01T11:00" };
  const recurrence = { kind: "cron", expression: "*/30 * * * *", timeZone: "UTC", ...bounds } as const;
  const found = frequentTimes(recurrence, new Date("2026-01-01T00:00Z"), Date.UTC(2026, 0, 2));
  expect(found.map(({ local }) => local.slice(11))).toEqual(["10:00", "10:30", "11:00"]);
});

test("an expression is known to occur often", () => {
  expect(timesOfDay("*/5 * * * *")).toBe(288);
  expect(timesOfDay("30 2,14 * * 1")).toBe(2);
});
