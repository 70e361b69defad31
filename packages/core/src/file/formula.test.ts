import fc from "fast-check";
import { expect, test } from "vitest";
import { defuseFormula, restoreFormula } from "./formula.ts";

test.each(["=1+1", "+49 170 1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''@x", "-abc", "=", "+1+1"])(
  "%j is defused and comes back",
  (text) => {
    expect(defuseFormula(text)).toBe(`'${text}`);
    expect(restoreFormula(defuseFormula(text))).toBe(text);
  },
);

test.each(["", "x=1", "-5", "+12.50", "-3,5", "'quoted'", "'", "O'Neill", "2026-11-25", " =1"])(
  "%j is left alone",
  (text) => {
    expect(defuseFormula(text)).toBe(text);
    expect(restoreFormula(text)).toBe(text);
  },
);

test("whatever it is, what comes back is what was defused", () => {
  const signs = fc.string({ unit: fc.constantFrom("'", "=", "+", "-", "@", "\t", "\r", "1", ".", "a") });
  fc.assert(fc.property(signs, (text) => restoreFormula(defuseFormula(text)) === text));
});
