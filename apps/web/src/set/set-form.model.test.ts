import { describe, expect, test } from "vitest";
import type { SetDefinition } from "../data/sets.ts";
import {
  emptySet,
  emptyStep,
  moved,
  newParameter,
  proposeKey,
  toDefinition,
  toForm,
  whyNotSaved,
} from "./set-form.model.ts";

const definition: SetDefinition = {
  waybill: 1,
  kind: "set",
  key: "nightly",
  name: "Nightly",
  description: "Each night",
  abortOnFailure: true,
  timeZone: "Europe/Berlin",
  parameters: [{ key: "day", label: "Day", type: "date", default: "today", required: true }],
  steps: [
    { key: "first", integration: "first", parameters: { day: { parameter: "day" }, count: 5 }, attachments: {} },
    {
      key: "again",
      integration: "first",
      name: "Once more",
      abortOnFailure: false,
      sourceFile: "0198c2a4-54aa-7a71-9d4a-111111111111",
      parameters: {},
      attachments: { codes: "0198c2a4-54aa-7a71-9d4a-222222222222" },
    },
  ],
};

test("a definition that is opened and not changed stays what it is, also where the builder has no input for it", () => {
  expect(toDefinition(toForm(definition))).toEqual(definition);
});

test.each([
  ["Every Night", "every-night"],
  ["  7 Größen & mehr ", "grossen-mehr"],
  ["Über Nacht", "uber-nacht"],
  ["夜", ""],
  ["x".repeat(70), "x".repeat(60)],
  [`${"x".repeat(59)} y`, "x".repeat(59)],
])("%j has the key %j", (name, key) => expect(proposeKey(name)).toBe(key));

describe("why a set cannot be saved", () => {
  const ready = toForm(definition);
  test.each([
    [{ name: " " }, "Give the set a name."],
    [{ key: "Nightly" }, "Give the set a key"],
    [{ key: "new" }, "another key"],
    [{ steps: ready.steps.slice(0, 1) }, "at least two steps"],
    [{ steps: [...ready.steps, emptyStep()] }, "Choose an integration for step 3."],
  ])("%j", (changes, said) => expect(whyNotSaved({ ...ready, ...changes })).toContain(said));
  test("nothing", () => expect(whyNotSaved(ready)).toBeNull());
  test("a new one has two steps that wait for their integrations", () => {
    expect(whyNotSaved({ ...emptySet(), name: "New", key: "new-one" })).toBe("Choose an integration for step 1.");
  });
});

test.each([
  [0, 2, ["b", "c", "a"]],
  [2, 0, ["c", "a", "b"]],
  [0, 3, ["a", "b", "c"]],
  [0, -1, ["a", "b", "c"]],
])("from %i to %i", (from, to, items) => expect(moved(["a", "b", "c"], from, to)).toEqual(items));

test("a parameter that asks for what an integration needs gets a key of its own, and its choices", () => {
  const like = { key: "day", label: "Pay day", type: "choice" as const, choices: ["first", "last"], required: true };
  const made = newParameter(toForm(definition), like);
  expect(made).toMatchObject({ key: "day2", label: "Pay day", type: "choice", required: true });
  expect(made.kept).toEqual({ choices: ["first", "last"] });
});
