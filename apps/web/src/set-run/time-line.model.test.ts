import { expect, test } from "vitest";
import { barOf } from "./time-line.model.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 1, 0, 0, second));
const iso = (second: number) => at(second).toISOString();
const setRun = { createdAt: iso(0), finishedAt: iso(10) };

test.each([
  [{ startedAt: iso(2), finishedAt: iso(7) }, setRun, { left: 20, width: 50 }],
  [{ startedAt: iso(10), finishedAt: iso(10) }, setRun, { left: 99, width: 1 }],
  [
    { startedAt: iso(10), finishedAt: null },
    { ...setRun, finishedAt: null },
    { left: 50, width: 50 },
  ],
  [{ startedAt: null, finishedAt: null }, setRun, null],
])("%j has its share of the time", (step, of, bar) => expect(barOf(step, of, at(20))).toEqual(bar));

test("a step that was done in the set run before has no bar in this one", () => {
  expect(barOf({ startedAt: iso(0), finishedAt: iso(1) }, { ...setRun, createdAt: iso(5) }, at(20))).toBeNull();
});
