import { expect, test } from "vitest";
import { emptyStack, redo, remember, type Step, undo } from "./undo.model.ts";

const step = (before: string, after: string): Step => ({ record: "r", before: { a: before }, after: { a: after } });

test("takes back the last change first, and does it again", () => {
  const stack = remember(remember(emptyStack, [step("", "1")]), [step("1", "2")]);
  const back = undo(stack);
  expect(back?.texts).toEqual([{ record: "r", values: { a: "1" } }]);
  const again = redo(back?.stack ?? emptyStack);
  expect(again?.texts).toEqual([{ record: "r", values: { a: "2" } }]);
  expect(again?.stack).toEqual(stack);
});

test("takes back a change of many records at once", () => {
  const other = { ...step("x", "y"), record: "s" };
  expect(undo(remember(emptyStack, [step("", "1"), other]))?.texts.map((one) => one.record)).toEqual(["r", "s"]);
});

test("forgets what was taken back once something else is done", () => {
  const back = undo(remember(emptyStack, [step("", "1")]))?.stack ?? emptyStack;
  expect(redo(remember(back, [step("", "3")]))).toBeNull();
});

test("does not remember what changed nothing", () => {
  expect(undo(remember(emptyStack, [step("1", "1")]))).toBeNull();
});
