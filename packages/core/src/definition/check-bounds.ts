import { compareDecimals, readDecimal } from "../value/decimal.ts";
import { isDay } from "./timeframe.ts";

/** Says what is wrong with the rule of this name. */
export type RuleFault = (rule: string, message: string) => void;

const shapes = {
  date: { fits: isDay, example: "a date such as 2026-11-01" },
  integer: { fits: (text: string) => readDecimal(text)?.fraction === "", example: "a whole number" },
  decimal: { fits: (text: string) => readDecimal(text) !== null, example: "a number" },
};

/** The types whose values can have a lowest and a highest. */
export const boundedTypes = Object.keys(shapes) as (keyof typeof shapes)[];

/** Checks `min` and `max` of a field or parameter by its type, which must be one of `boundedTypes`. */
export function checkBounds(type: keyof typeof shapes, min: unknown, max: unknown, fault: RuleFault): void {
  const { fits, example } = shapes[type];
  const given = Object.entries({ min, max }).filter(([, value]) => value !== undefined);
  const wrong = given.filter(([, value]) => !fits(String(value)));
  for (const [rule] of wrong) fault(rule, `must be ${example}`);
  if (wrong.length > 0 || given.length < 2) return;
  if (isAbove(type, String(min), String(max))) fault("min", `is ${min}, above max, which is ${max}`);
}

function isAbove(type: keyof typeof shapes, min: string, max: string): boolean {
  const [least, most] = [readDecimal(min), readDecimal(max)];
  if (type === "date" || !least || !most) return min > max;
  return compareDecimals(least, most) > 0;
}
