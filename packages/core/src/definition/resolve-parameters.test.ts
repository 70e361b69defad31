import { describe, expect, test } from "vitest";
import type { ParameterType } from "./names.ts";
import { readDefinition } from "./read-definition.ts";
import { resolveParameters } from "./resolve-parameters.ts";

const moment = { now: new Date("2026-11-24T23:30:00Z"), timeZone: "Europe/Berlin" };

describe("each type", () => {
  test.each<[ParameterType, string, unknown, unknown]>([
    ["text", "", "as it stands", "as it stands"],
    ["integer", "", "42", 42],
    ["integer", "", 42, 42],
    ["decimal", "", "1.50", "1.50"],
    ["boolean", "", "yes", true],
    ["boolean", "", false, false],
    ["date", "", "2026-02-28", "2026-02-28"],
    ["timestamp", "", "2026-07-01T12:00:00+02:00", "2026-07-01T10:00:00.000Z"],
    ["choice", ", choices: [a, b]", "b", "b"],
    ["choices", ", choices: [a, b]", "a,b", ["a", "b"]],
    ["choices", ", choices: [a, b]", ["b"], ["b"]],
    ["secret", "", "hush", "hush"],
    ["timeframe", "", "2026-11-01..2026-11-15", { symbol: null, start: "2026-11-01", end: "2026-11-15" }],
    [
      "timeframe",
      "",
      { start: "2026-11-01", end: "2026-11-15" },
      { symbol: null, start: "2026-11-01", end: "2026-11-15" },
    ],
    ["timeframe", "", "previous_month", { symbol: "previous_month", start: "2026-10-01", end: "2026-10-31" }],
    ["timeframe", "", "last_7_days", { symbol: "last_7_days", start: "2026-11-18", end: "2026-11-24" }],
    ["timeframe", "", "current_week", { symbol: "current_week", start: "2026-11-23", end: "2026-11-29" }],
  ])("%s%s takes %j", (type, rules, given, value) => {
    expect(resolve(`type: ${type}${rules}`, { one: given })).toEqual({ ok: true, values: { one: value } });
  });

  test.each<[ParameterType, string, unknown]>([
    ["text", ", maxLength: 3", "four"],
    ["integer", "", "4.5"],
    ["integer", ", max: 10", "11"],
    ["decimal", ", min: 0", "-0.01"],
    ["boolean", "", "perhaps"],
    ["date", "", "2026-02-30"],
    ["date", "", "01.02.2026"],
    ["timestamp", "", "noon"],
    ["choice", ", choices: [a, b]", "c"],
    ["choices", ", choices: [a, b]", "a,c"],
    ["timeframe", "", "2026-11-15..2026-11-01"],
    ["timeframe", "", "whenever"],
    ["text", "", { an: "object" }],
  ])("%s%s refuses %j", (type, rules, given) => {
    const resolved = resolve(`type: ${type}${rules}`, { one: given });
    expect(resolved).toMatchObject({ ok: false, faults: [{ key: "one", code: "parameter_invalid" }] });
  });
});

test("a bound is met by its value and broken by the next", () => {
  expect(resolve("type: integer, min: 1, max: 3", { one: 3 }).ok).toBe(true);
  expect(resolve("type: integer, min: 1, max: 3", { one: 4 }).ok).toBe(false);
  expect(resolve("type: text, maxLength: 4", { one: "four" }).ok).toBe(true);
});

test("`today` is the day in the run's time zone", () => {
  expect(resolve("type: date, default: today", {})).toEqual({ ok: true, values: { one: "2026-11-25" } });
});

test("what is unknown or missing is named, all at once", () => {
  const resolved = resolve("type: date, required: true", { two: 2, three: 3 });
  const codes = resolved.ok ? [] : resolved.faults.map((fault) => [fault.key, fault.code]);
  expect(codes.sort()).toEqual([
    ["one", "parameter_missing"],
    ["three", "parameter_unknown"],
    ["two", "parameter_unknown"],
  ]);
});

function resolve(rules: string, given: Record<string, unknown>) {
  const read = readDefinition(`waybill: 1
kind: integration
key: any
name: Any
direction: import
parameters:
  - { key: one, ${rules} }
fields:
  - { name: id, type: text, required: true }
recordKey: [id]
destination: { dataset: any }
timeZone: Europe/Berlin
`);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return resolveParameters(read.definition, given, moment);
}
