import { expect, test } from "vitest";
import { describeDuration, describeParameter, describeSignature } from "./describe-run.ts";

test.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1_000, "1.0 s"],
  [59_949, "59.9 s"],
  [59_960, "1 min 0 s"],
  [3_599_000, "59 min 59 s"],
  [7_500_000, "2 h 5 min"],
])("%d milliseconds are %s", (milliseconds, said) => {
  const from = "2026-11-01T00:00:00.000Z";
  expect(describeDuration(from, new Date(Date.parse(from) + milliseconds).toISOString())).toBe(said);
});

test("what has no end or no value is a dash", () => {
  expect([describeDuration("2026-11-01T00:00:00Z", null), describeParameter(null)]).toEqual(["–", "–"]);
});

test("a timeframe is its two days, choices are a list", () => {
  expect(describeParameter({ symbol: "today", start: "2026-11-01", end: "2026-11-02" })).toBe(
    "2026-11-01 to 2026-11-02",
  );
  expect(describeParameter(["north", "south"])).toBe("north, south");
});

test("a signature that was not confirmed says so", () => {
  const signature = { keyId: "AB", fingerprint: null, userId: null, verified: false, reason: "unknown key" };
  expect(describeSignature(signature)).toBe("signed by AB (not verified)");
});
