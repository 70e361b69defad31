import { expect, test } from "vitest";
import { inTurns } from "./in-turns.ts";

test("each takes its turn in every round, every second round backwards", async () => {
  const order: string[] = [];
  const turn = (name: string) => async () => order.push(name);
  const values = await inTurns(3, { one: turn("one"), other: turn("other") }, () => undefined);
  expect(order).toEqual(["one", "other", "other", "one", "one", "other"]);
  expect(values).toEqual({ one: [1, 4, 5], other: [2, 3, 6] });
});
