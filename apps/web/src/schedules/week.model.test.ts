import { describeRecurrence } from "@waybill/core/schedule/recurrence/describe";
import { nextOccurrence } from "@waybill/core/schedule/recurrence/occurrences";
import { recurrenceSchema } from "@waybill/core/schedule/recurrence/recurrence";
import { expect, test } from "vitest";
import { weekOf } from "./week.model.ts";

const zone = "Europe/Berlin";
const now = new Date("2026-10-23T10:00:00Z");
const daily = { kind: "daily", every: 1, at: "02:30", timeZone: zone, start: "2026-01-01T00:00" };

function schedule(name: string, given: object, more: object = {}) {
  const recurrence = recurrenceSchema.parse(given);
  return {
    id: name,
    name,
    recurrence,
    sentence: describeRecurrence(recurrence),
    target: { kind: "integration" as const, key: "people", name: "People", deleted: false },
    paused: null,
    nextAt: nextOccurrence(recurrence, now)?.at.toISOString() ?? null,
    ...more,
  };
}

const lines = (...given: Parameters<typeof weekOf>) =>
  weekOf(...given).map(({ entries }) =>
    entries.map(({ at, schedule }) => `${at.toISOString().slice(5, 16)} ${schedule.name}`),
  );

test("the week is seven days of the viewer from today on, each with its times in their order", () => {
  const early = schedule("early", { ...daily, at: "01:00" });
  const week = lines([schedule("late", daily), early], now, zone);
  expect(week).toHaveLength(7);
  expect(week[0]).toEqual([]);
  expect(week[1]).toEqual(["10-23T23:00 early", "10-24T00:30 late"]);
  expect(week[6]).toEqual(["10-29T00:00 early", "10-29T01:30 late"]);
});

test("what has been skipped is not planned", () => {
  const week = lines([schedule("late", daily, { nextAt: "2026-10-25T00:30:00.000Z" })], now, zone);
  expect(week.slice(0, 3)).toEqual([[], [], ["10-25T00:30 late"]]);
});

test("days are those of the viewer, wherever the schedule's clocks stand", () => {
  const [first, second] = lines([schedule("late", { ...daily, at: "23:00" })], now, "Asia/Tokyo");
  expect(first).toEqual([]);
  expect(second?.[0]).toBe("10-23T21:00 late");
});

test("what a clock change moves is marked", () => {
  const days = weekOf([schedule("late", daily)], now, zone);
  const marks = days.map(({ entries }) => entries[0]?.moved ?? null);
  expect(marks.filter(Boolean)).toEqual(["At the clock change 02:30 comes twice; this is the first"]);
  expect(marks.findIndex(Boolean)).toBe(2);
});

test("what occurs often is told in one line, with how often", () => {
  const often = schedule("often", {
    kind: "cron",
    expression: "*/5 * * * *",
    timeZone: zone,
    start: "2026-01-01T00:00",
  });
  const hourly = schedule("hourly", { kind: "hourly", every: 1, timeZone: zone, start: "2026-01-01T00:00" });
  const [, second, third] = weekOf([often, hourly], now, zone).map(({ entries }) => entries.map((one) => one.often));
  expect(second).toEqual(["Every 5 minutes, 288 times", "Every hour, 24 times"]);
  expect(third).toEqual(["Every 5 minutes, 300 times", "Every hour, 25 times"]);
});

test("of what occurs often and is counted all times are told", () => {
  const counted = { kind: "cron", expression: "*/10 * * * *", timeZone: zone, start: "2026-10-23T12:00", times: 500 };
  const days = weekOf([schedule("counted", counted)], now, zone);
  const often = days.flatMap(({ entries }) => entries.map((one) => one.often?.match(/\d+ times$/)?.[0]));
  // The first is now, and one of the days has 25 hours.
  expect(often).toEqual(["71 times", "144 times", "150 times", "134 times"]);
});

test("a schedule is paused, or runs what has been deleted, or is over", () => {
  const deleted = { target: { kind: "set" as const, key: "gone", name: "Gone", deleted: true } };
  const paused = { paused: { at: "2026-10-23T10:00:00.000Z", by: "Ann", note: "" } };
  const given = [
    schedule("paused", daily, paused),
    schedule("deleted", daily, { ...deleted, ...paused }),
    schedule("over", daily, { nextAt: null }),
  ];
  const [, day] = weekOf(given, now, zone);
  expect(day?.entries.map(({ state }) => state)).toEqual(["paused", "deleted"]);
});
