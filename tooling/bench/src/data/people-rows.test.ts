import { expect, test } from "vitest";
import { peopleColumns, peopleCsv } from "./people-rows.ts";

const csv = (records: number) => [...peopleCsv(records)].join("");

test("the people are the same each time, about 80 bytes each, and more of them begin with all of fewer", () => {
  const some = csv(5_500);
  expect(csv(5_500)).toBe(some);
  expect(csv(12_000).startsWith(some)).toBe(true);
  expect(some.trimEnd().split("\n")).toHaveLength(5_501);
  expect(Buffer.byteLength(some) / 5_500).toBeCloseTo(80, -1);
  expect(some.split("\n")[0]).toBe(peopleColumns.join(","));
});
