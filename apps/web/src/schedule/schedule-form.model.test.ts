import type { Definition, Parameter } from "@waybill/core/definition/definition";
import { expect, test } from "vitest";
import type { Schedule } from "../data/schedules.ts";
import { previewOf, sayMoved } from "./preview.model.ts";
import { type Asked, emptySchedule, givenFaults, toScheduleForm, writeRules } from "./schedule-form.model.ts";
import { readScheduleSearch } from "./schedule-search.model.ts";

const now = new Date("2026-11-28T10:00:00Z");
const limits = { sourceBytesMax: 100, zipBytesMax: 1_000 };
const moment = { now, timeZone: "UTC", limits };
const file = (name: string, text = "id\n1\n") => new File([text], name);
const kept = { id: "0198c2a4-54aa-7a71-9d4a-111111111111", name: "kept.csv" };
const empty = emptySchedule({ integration: "people" }, "UTC", now);

test("the address says what a new schedule runs", () => {
  expect(empty.target).toEqual({ kind: "integration", key: "people" });
  expect(emptySchedule(readScheduleSearch({ set: "nightly" }), "UTC", now).target).toEqual({
    kind: "set",
    key: "nightly",
  });
  expect(emptySchedule(readScheduleSearch({ set: 5 }), "UTC", now).target).toBeNull();
});

test("a schedule that is there keeps its files, each in its place", () => {
  const rules = { overlap: "queue", missed: "all", missedWindowMinutes: 60, jitterSeconds: 5, pauseAfterFailures: 3 };
  const recurrence = { kind: "once", at: "2026-12-01T06:00", timeZone: "UTC" };
  const files = [
    { step: "", key: "", ...kept },
    { step: "second", key: "codes", ...kept },
  ];
  const target = { kind: "set", key: "nightly", name: "Nightly", deleted: false };
  const form = toScheduleForm({ name: "At night", target, files, recurrence, ...rules } as unknown as Schedule, now);
  expect(form).toMatchObject({ name: "At night", target: { kind: "set", key: "nightly" }, sourceFile: kept });
  expect(form.steps).toEqual({ second: { sourceFile: null, attachments: { codes: kept } } });
  expect(writeRules(form.rules)).toEqual(rules);
});

test("an integration needs its file, its attachments and its values", () => {
  const parameters: Parameter[] = [{ key: "day", label: "Day", type: "date", required: true }];
  const attachments = [{ key: "codes", label: "Codes", required: true, columns: ["code"] }];
  const asked = { kind: "integration", definition: { parameters, attachments } as unknown as Definition } as Asked;
  const form = { ...empty, parameters: { day: "" } };
  expect(Object.keys(givenFaults(form, asked, moment))).toEqual(["parameters.day", "sourceFile", "attachments.codes"]);
  const given = { ...form, parameters: { day: "2026-12-01" }, sourceFile: kept, attachments: { codes: file("a.csv") } };
  expect(givenFaults(given, asked, moment)).toEqual({});
  const tooLarge = { ...given, sourceFile: file("b.csv", "x".repeat(101)) };
  expect(givenFaults(tooLarge, asked, moment).sourceFile).toMatch(/^The file is larger than 100 bytes/);
});

test("a set needs a file for all steps, or one for each", () => {
  const steps = ["first", "second"].map((key) => ({ key, integration: key, parameters: {}, attachments: {} }));
  const asked = { kind: "set", definition: { parameters: [], steps } } as unknown as Asked;
  expect(Object.keys(givenFaults(empty, asked, moment))).toEqual(["sourceFile"]);
  const one = { ...empty, steps: { first: { sourceFile: kept, attachments: {} } } };
  expect(Object.keys(givenFaults(one, asked, moment))).toEqual(["steps.second"]);
  expect(givenFaults({ ...empty, sourceFile: kept }, asked, moment)).toEqual({});
});

test("the preview marks what a clock change moves, and tells whether the viewer's clocks differ", () => {
  const daily = { kind: "daily", every: 1, at: "02:30", timeZone: "Europe/Berlin", start: "2027-03-27T00:00" } as const;
  const { occurrences, elsewhere } = previewOf(daily, now, "UTC");
  expect(occurrences).toHaveLength(10);
  expect(elsewhere).toBe(true);
  expect(occurrences.map(sayMoved).filter(Boolean)).toEqual(["Moved by the clock change: the clocks skip 02:30"]);
  expect(previewOf(daily, now, "Europe/Paris").elsewhere).toBe(false);
});
