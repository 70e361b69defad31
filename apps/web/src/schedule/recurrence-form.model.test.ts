import { occurrencesAfter } from "@waybill/core/schedule/recurrence/occurrences";
import { recurrenceKinds } from "@waybill/core/schedule/recurrence/recurrence";
import { describe, expect, test } from "vitest";
import { checkRecurrenceForm, firstRecurrence, toRecurrenceForm } from "./recurrence-form.model.ts";

const now = new Date("2026-11-28T23:30:00Z");
const first = firstRecurrence("Europe/Berlin", now);
const faults = (changes: object) => checkRecurrenceForm({ ...first, ...changes }, now).faults;

test.each(recurrenceKinds)(
  "what stands in the form at first is right, also of %s, and is read back as it is",
  (kind) => {
    const { recurrence } = checkRecurrenceForm({ ...first, kind }, now);
    expect(recurrence).toMatchObject({ kind, timeZone: "Europe/Berlin" });
    expect(recurrence && checkRecurrenceForm(toRecurrenceForm(recurrence, now), now).recurrence).toEqual(recurrence);
  },
);

test("what occurs once is put on the day after that which the clocks of the zone show", () => {
  expect(first).toMatchObject({ onceAt: "2026-11-30T06:00" });
});

test.each(recurrenceKinds.filter((kind) => kind !== "once"))(
  "of %s there are as many times to come as are asked for, unless a start in the past is given",
  (kind) => {
    const form = { ...first, kind, timeOfDay: "00:30", expression: "30 0 * * *", bound: "times" as const, times: "3" };
    const coming = (start: string) => {
      const { recurrence } = checkRecurrenceForm({ ...form, start }, now);
      return recurrence && occurrencesAfter(recurrence, now, 10).length;
    };
    expect(coming("")).toBe(3);
    if (kind === "daily") expect(coming("2026-11-29T00:00")).toBe(2);
  },
);

test("an end and a number of times are kept apart", () => {
  const ends = checkRecurrenceForm({ ...first, bound: "end", end: "2026-12-24T23:59" }, now).recurrence;
  expect(ends).toMatchObject({ end: "2026-12-24T23:59" });
  expect(ends).not.toHaveProperty("times");
  const counted = checkRecurrenceForm({ ...first, bound: "times", times: "3" }, now).recurrence;
  expect(counted && toRecurrenceForm(counted, now)).toMatchObject({ bound: "times", times: "3" });
});

describe("faults come to the part that they are of, as sentences", () => {
  test.each([
    [{ kind: "hourly", every: "0" }, "every", "Must be a whole number of hours, 1 to 8760."],
    [{ every: "" }, "every", "Must be a whole number of days, 1 to 3660."],
    [{ timeOfDay: "" }, "at", /time of day/],
    [{ kind: "once", onceAt: "2020-01-01T00:00" }, "at", /^Is in the past/],
    [{ kind: "weekly", weekdays: [] }, "days", /at least one day/],
    [{ kind: "cron", expression: "0 0 31 2 *" }, "expression", /^Never fires/],
    [{ kind: "cron", expression: "0 0 0 1 1 *" }, "expression", /^Has six fields/],
    [{ timeZone: "Mars/Base" }, "timeZone", /^Is no time zone/],
    [{ bound: "end", end: "2026-01-01T00:00" }, "end", /^Is before the start/],
    [{ start: "2026-11-01T00:00", bound: "times", times: "2" }, "times", /its last time is over/],
  ])("%j", (changes, part, said) => {
    expect(faults(changes)[part]).toMatch(said);
  });
});
