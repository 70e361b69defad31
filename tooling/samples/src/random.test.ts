import { expect, test } from "vitest";
import { seededRandom } from "./random.ts";

const numbers = (...seeds: [number, ...number[]]) => {
  const random = seededRandom(...seeds);
  return Array.from({ length: 1_000 }, () => random.between(1, 6));
};

test("the same seeds give the same numbers, and each list of seeds others", () => {
  const lists: [number, ...number[]][] = [[0], [1], [0, 0], [0, 1], [1, 0], [1, 1], [1, 1, 1]];
  for (const seeds of lists) expect(numbers(...seeds)).toEqual(numbers(...seeds));
  expect(new Set(lists.map((seeds) => numbers(...seeds).join())).size).toBe(lists.length);
});

test("every number of a range comes, none beyond it, and chances are what they say", () => {
  expect(new Set(numbers(1))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  const random = seededRandom(1, 2);
  const hits = Array.from({ length: 10_000 }, () => random.chance(30)).filter(Boolean).length;
  expect(hits / 10_000).toBeCloseTo(0.3, 1);
  expect([random.chance(0), random.chance(100)]).toEqual([false, true]);
});
