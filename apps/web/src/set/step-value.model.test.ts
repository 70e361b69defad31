import type { Parameter } from "@waybill/core/definition/definition";
import { expect, test } from "vitest";
import { toForm } from "./set-form.model.ts";
import { fromInput, type StepValue, sourceOf, toInput } from "./step-value.model.ts";
import { renameParameter } from "./taken-values.model.ts";

const parameter = (type: Parameter["type"]): Parameter => ({ key: "value", label: "Value", type, required: false });

test.each<[Parameter["type"], StepValue]>([
  ["text", "007"],
  ["integer", 5],
  ["decimal", "1.50"],
  ["boolean", true],
  ["date", "today"],
  ["timestamp", "2026-11-01T08:30:00.000Z"],
  ["timestamp", "now"],
  ["choices", ["north", "south"]],
  ["timeframe", "last_30_days"],
])("a value of type %s goes through its input unchanged: %j", (type, value) => {
  expect(fromInput(parameter(type), toInput(parameter(type), value))).toEqual(value);
});

test("two days go through the input of a timeframe as a range", () => {
  expect(toInput(parameter("timeframe"), { start: "2026-01-01", end: "2026-01-31" })).toBe("2026-01-01..2026-01-31");
});

test("what is half typed is kept as it stands, so that the server can say what is wrong with it", () => {
  expect(fromInput(parameter("integer"), "5x")).toBe("5x");
  expect(fromInput(parameter("integer"), "")).toBe("");
});

test("a value comes from nowhere, the step or the set", () => {
  expect([undefined, { parameter: "day" }, false].map(sourceOf)).toEqual([
    { kind: "none" },
    { kind: "set", parameter: "day" },
    { kind: "own" },
  ]);
});

test("steps follow a parameter to its new key, unless another one has its old key too", () => {
  const form = toForm({
    waybill: 1,
    kind: "set",
    key: "nightly",
    name: "Nightly",
    description: "",
    abortOnFailure: true,
    parameters: [parameter("date")],
    steps: [
      { key: "first", integration: "first", attachments: {}, parameters: { day: { parameter: "value" }, count: 1 } },
    ],
  });
  expect(renameParameter(form, "value", "day")[0]?.parameters).toEqual({ day: { parameter: "day" }, count: 1 });
  const twice = { ...form, parameters: [...form.parameters, ...form.parameters] };
  expect(renameParameter(twice, "value", "day")[0]?.parameters).toEqual({ day: { parameter: "value" }, count: 1 });
});
