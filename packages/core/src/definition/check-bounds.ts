import { isDay } from "./timeframe.ts";

/** Says what is wrong with the rule of this name. */
export type RuleFault = (rule: string, message: string) => void;

const shapes = {
  date: { fits: isDay, example: "a date such as 2026-11-01" },
  integer: { fits: (text: string) => /^[+-]?\d+$/.test(text), example: "a whole number" },
  decimal: { fits: (text: string) => /^[+-]?\d+(\.\d+)?$/.test(text), example: "a number" },
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
  const above = type === "date" ? String(min) > String(max) : Number(min) > Number(max);
  if (above) fault("min", `is ${min}, above max, which is ${max}`);
}
