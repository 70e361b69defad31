import { CronPattern } from "croner";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findCronFault, hasFixedTimes } from "./cron-expression.ts";
import { type CronField, cronFields, readCronField } from "./cron-field.ts";

describe("findCronFault", () => {
  test.each([
    "0 0 * * *",
    " 5  4 * * sun ",
    "59 23 31 12 7",
    "0-59 0-23 1-31 1-12 0-7",
    "*/60 */24 */31 */12 */7",
    "0,30 9-17/2 1,15 JAN-MAR,jul Mon-Fri",
    "0 0 29 2 *",
    "0 0 30 1,2 *",
    "0 0 30 2 mon",
    "00 06 * * FRI-SUN",
  ])("takes %j", (expression) => expect(findCronFault(expression)).toBeNull());

  test.each([
    ["", "must have five fields"],
    ["0 0 * *", "must have five fields"],
    ["0 0 0 * * *", "seconds are not taken"],
    ["0 0 0 * * * 2026", "must have five fields"],
    ["@daily", "is a nickname"],
    ["60 0 * * *", 'the minute "60"'],
    ["-1 0 * * *", 'the minute "-1"'],
    ["0 24 * * *", 'the hour "24"'],
    ["0 0 0 * *", 'the day of the month "0"'],
    ["0 0 32 * *", 'the day of the month "32"'],
    ["0 0 * 0 *", 'the month "0"'],
    ["0 0 * 13 *", 'the month "13"'],
    ["0 0 * * 8", 'the day of the week "8"'],
    ["0 0 ? * *", "no other sign"],
    ["0 0 L * *", "no other sign"],
    ["0 0 15W * *", "no other sign"],
    ["0 0 * * 5#2", "no other sign"],
    ["0 0 * * fri+1", "no other sign"],
    ["0 0 * * monday", "no other sign"],
    ["0 0 * mon *", "no other sign"],
    ["0 0 1-2-3 * *", "no other sign"],
    ["0 0 1, * *", "no other sign"],
    ["5/2 0 * * *", "a step follows * or a range"],
    ["*/0 0 * * *", "step must be 1 to 60"],
    ["*/61 0 * * *", "step must be 1 to 60"],
    ["*/-5 0 * * *", "a step is a number"],
    ["*/2/2 0 * * *", "a step is a number"],
    ["0 17-9 * * *", "runs backwards"],
    ["0 0 * * fri-mon", "runs backwards"],
    ["0 0 30 2 *", "never fires"],
    ["0 0 31 4,6,9,11 *", "never fires"],
  ])("refuses %j", (expression, why) => expect(findCronFault(expression)).toContain(why));
});

test.each([
  ["30 2 * * *", true],
  ["0,30 2,14 * * *", true],
  ["0 2-4 * * *", true],
  ["* 2 * * *", false],
  ["*/15 2 * * *", false],
  ["0 * * * *", false],
  ["0 0-23/2 * * *", false],
])("whether %j names times of day: %s", (expression, fixed) => expect(hasFixedTimes(expression)).toBe(fixed));

test("croner reads each field as it is read here", () => {
  const properties = cronFields.map((field, index) =>
    fc.property(fieldTexts(field), (text) => {
      const fields = ["*", "*", "*", "*", "*"].with(index, text);
      const read = readCronField(text, field);
      expect(read).toEqual({ values: readByCroner(fields.join(" "), index) });
    }),
  );
  for (const property of properties) fc.assert(property, { numRuns: 300 });
});

function fieldTexts({ min, max, stepMax, names }: CronField): fc.Arbitrary<string> {
  const number = fc.integer({ min, max });
  const named = names.length > 0 ? fc.oneof(number.map(String), fc.constantFrom(...names)) : number.map(String);
  const range = fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const stepped = fc.tuple(fc.oneof(fc.constant("*"), range), fc.integer({ min: 1, max: stepMax }));
  const item = fc.oneof(
    fc.constant("*"),
    named,
    range,
    stepped.map(([of, step]) => `${of}/${step}`),
  );
  return fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(","));
}

function readByCroner(expression: string, index: number): number[] {
  const pattern = new CronPattern(expression, undefined, { mode: "5-part" });
  const flags = [pattern.minute, pattern.hour, pattern.day, pattern.month, pattern.dayOfWeek][index] ?? [];
  const first = index === 2 || index === 3 ? 1 : 0;
  return flags.flatMap((flag, at) => (flag ? [at + first] : []));
}
