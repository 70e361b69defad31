import { expect, test } from "vitest";
import type { Line } from "../case.ts";
import { judge } from "./judge.ts";

const peer = { name: "peer", values: [1, 1, 1] };
const seconds: Line = {
  what: "a load",
  unit: "s",
  values: [2, 4, 100],
  peer,
  bar: { of: "ratio", first: 0.25, goal: 0.5 },
};

test("a ratio is the speed of Waybill divided by that of its peer, in times and in rates", () => {
  expect(judge("case", seconds, false)).toMatchObject({ median: 4, ratio: 0.25, met: true, goalMet: false });
  expect(judge("case", { ...seconds, unit: "runs/s" }, false)).toMatchObject({ ratio: 4, met: true, goalMet: true });
});

test("the worst of times is the longest, that of rates the lowest, and each is held to its own side of the bar", () => {
  const bar = { of: "worst" as const, first: 50 };
  expect(judge("case", { ...seconds, bar }, false)).toMatchObject({ worst: 100, p95: 100, met: false });
  expect(judge("case", { ...seconds, values: [60, 70], unit: "runs/s", bar }, false)).toMatchObject({
    worst: 60,
    p95: 60,
    met: true,
  });
});

test("nothing is judged without values, without a peer that a ratio needs, or with small sizes", () => {
  const untold = { met: null, goalMet: null };
  expect(judge("case", { ...seconds, values: [] }, false)).toMatchObject({ median: null, ratio: null, ...untold });
  expect(judge("case", { ...seconds, peer: { name: "peer", absent: "not installed" } }, false)).toMatchObject(untold);
  expect(judge("case", seconds, true)).toMatchObject({ ratio: 0.25, ...untold });
});
