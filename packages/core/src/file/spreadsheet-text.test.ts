import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { protectText, restoreText } from "./spreadsheet-text.ts";

const run = ["=1+1", "+49 170 1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''@x", "-abc", "=", "+1+1", "'-5"];
const spoiled = ["007", "1.50", "99999999999999999999", "1e5", "+49170", "1,5", "-0", "00"];

describe("what a spreadsheet would", () => {
  test.each(run)("run is protected, and comes back: %j", (text) => {
    expect(protectText(text, true)).toBe(`'${text}`);
    expect(restoreText(`'${text}`)).toBe(text);
  });

  test.each(spoiled)("spoil is protected where it is no number, and comes back: %j", (text) => {
    expect(protectText(text, false)).toBe(`'${text}`);
    expect(protectText(text, true)).toBe(text);
    expect(restoreText(`'${text}`)).toBe(text);
    expect(restoreText(text)).toBe(text);
  });

  test.each(["", "x=1", "-5", "12.5", "'quoted'", "'", "O'Neill", "2026-11-25", " =1", "0"])(
    "leave alone is left alone: %j",
    (text) => {
      expect(protectText(text, false)).toBe(text);
      expect(restoreText(text)).toBe(text);
    },
  );
});

test("whatever it is, what comes back is what was protected", () => {
  const signs = fc.string({ unit: fc.constantFrom("'", "=", "+", "-", "@", "\t", "\r", "0", "1", ".", ",", "e", "a") });
  fc.assert(
    fc.property(signs, fc.boolean(), (text, holdsNumbers) => restoreText(protectText(text, holdsNumbers)) === text),
    { numRuns: 2_000 },
  );
});
