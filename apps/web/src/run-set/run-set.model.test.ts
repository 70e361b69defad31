import type { Parameter } from "@waybill/core/definition/definition";
import { expect, test } from "vitest";
import { emptySteps, firstValues, sendSteps, stepOfFault, stepsWithoutFile } from "./run-set.model.ts";

const step = (key: string, sourceFile?: string) => ({
  key,
  integration: key,
  parameters: {},
  attachments: {},
  ...(sourceFile && { sourceFile }),
});
const set = { steps: [step("first"), step("second", "0198c2a4-54aa-7a71-9d4a-111111111111"), step("third")] };
const file = (name: string) => new File(["id\n1\n"], name);

test("a step needs a file unless it keeps one, is given one, or there is one for all", () => {
  const form = { name: "", parameters: {}, sourceFile: null, steps: emptySteps(set) };
  expect(stepsWithoutFile(set, form)).toEqual(["first", "third"]);
  const given = { ...form.steps, third: { sourceFile: file("own.csv"), attachments: {} } };
  expect(stepsWithoutFile(set, { ...form, steps: given })).toEqual(["first"]);
  expect(stepsWithoutFile(set, { ...form, sourceFile: file("all.csv") })).toEqual([]);
});

test("a set that is run again begins with the values of that set run, but for secrets", () => {
  const parameter = (key: string, type: Parameter["type"]) => ({ key, label: key, type, required: false });
  const parameters = [parameter("day", "date"), parameter("word", "secret"), parameter("days", "timeframe")];
  const again = { day: "2026-11-30", word: "********", days: { start: "2026-11-01", end: "2026-11-30" }, gone: 1 };
  expect(firstValues({ parameters }, again)).toEqual({ day: "2026-11-30", word: "", days: "2026-11-01..2026-11-30" });
  expect(firstValues({ parameters }, {})).toEqual({ day: "", word: "", days: "" });
});

test("only what was given to a step is sent", async () => {
  const steps = {
    ...emptySteps(set),
    first: { sourceFile: file("own.csv"), attachments: { codes: null } },
    third: { sourceFile: null, attachments: { codes: file("codes.csv") } },
  };
  expect(await sendSteps(steps, async ({ name }) => `id of ${name}`)).toEqual({
    first: { sourceFile: "id of own.csv" },
    third: { attachments: { codes: "id of codes.csv" } },
  });
});

test("a fault is told at the step that it names", () => {
  const fault = { code: "parameter_missing", message: "Step 3 (third): …", details: { step: "third" } };
  expect(stepOfFault(fault, set)).toBe("third");
  expect(stepOfFault({ ...fault, details: { step: "gone" } }, set)).toBeNull();
  expect(stepOfFault(null, set)).toBeNull();
});
