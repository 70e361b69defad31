import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { parameterTypes } from "../definition/names.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { applySet } from "./apply-set.ts";

const parameter = (key: string, type: string, more = "") => `{ key: ${key}, type: ${type}${more} }`;
const choicesOf = (type: string) => (type.startsWith("choice") ? ", choices: [north, south]" : "");

test.each([
  [
    "integer",
    "",
    "date",
    "",
    'takes "given" of type integer, which does not fit type date. Take a parameter of the set',
  ],
  ["boolean", "", "text", "", "of type text or integer or decimal or date or timestamp or choice"],
  ["secret", "", "text", "", "does not fit type text"],
  ["text", "", "secret", "", "of type secret"],
  [
    "choice",
    ", choices: [north]",
    "integer",
    "",
    'takes "given", none of whose choices fits: it must be a whole number',
  ],
  ["choice", ", choices: [east]", "choice", ", choices: [north]", "it must be one of north"],
])("a step does not take %s%s for %s%s", async (given, ofGiven, wanted, ofWanted, message) => {
  const ctx = await openTestWaybill({ worker: false });
  await expect(
    applyTaking(ctx, parameter("given", given, ofGiven), parameter("wanted", wanted, ofWanted)),
  ).rejects.toMatchObject({
    details: { faults: [{ path: "steps[1].parameters.wanted", line: 9, message: containing(message) }] },
  });
});

test.each([
  ...parameterTypes.map((type) => [type, choicesOf(type), type, choicesOf(type)]),
  ["text", "", "date", ""],
  ["decimal", "", "integer", ""],
  ["date", "", "text", ""],
  ["choice", ', choices: ["1", none]', "integer", ""],
  ["choice", ", choices: [north]", "choices", ", choices: [north, south]"],
  ["integer", "", "boolean", ""],
  ["decimal", "", "boolean", ""],
  ...["integer", "decimal", "boolean", "date", "timestamp"].flatMap((type) =>
    ["choice", "choices"].map((wanted) => [type, "", wanted, ', choices: ["1", "true", "2026-11-01"]']),
  ),
])("a step takes %s%s for %s%s", async (given, ofGiven, wanted, ofWanted) => {
  const ctx = await openTestWaybill({ worker: false });
  const applied = applyTaking(ctx, parameter("given", given, ofGiven), parameter("wanted", wanted, ofWanted));
  expect(await applied).toMatchObject({ outcome: "created" });
});

test.each([
  ["date", "soon", "must be a date"],
  ["text", '""', "is missing: second needs wanted"],
  ["secret", "hush", "is a secret"],
])("a value of a step's own is held against the type: %s %s", async (type, value, message) => {
  const ctx = await openTestWaybill({ worker: false });
  const applied = apply(ctx, parameter("given", "text"), parameter("wanted", type, ", required: true"), value);
  await expect(applied).rejects.toMatchObject({ details: { faults: [{ line: 9, message: containing(message) }] } });
});

const containing = (text: string) => expect.stringContaining(text) as string;

const applyTaking = (ctx: Context, given: string, wanted: string) => apply(ctx, given, wanted, "{ parameter: given }");

/** Applies a set that has a parameter, and whose second step gives this value to a parameter of its integration. */
async function apply(ctx: Context, given: string, wanted: string, value: string) {
  await applyIntegration(ctx, { yaml: testDefinition({ key: "first" }) });
  await applyIntegration(ctx, { yaml: testDefinition({ key: "second", parameters: `[${wanted}]` }) });
  const head = `waybill: 1\nkind: set\nkey: nightly\nname: Nightly\nparameters: [${given}]\nsteps:\n`;
  const steps = `  - integration: first\n  - integration: second\n    parameters: { wanted: ${value} }\n`;
  return await applySet(ctx, { yaml: head + steps });
}
