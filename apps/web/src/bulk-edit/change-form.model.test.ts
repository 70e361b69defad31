import { expect, test } from "vitest";
import { type ChangeForm, describeMissing, emptyForm, toChange } from "./change-form.model.ts";

test.each<[Partial<ChangeForm>, object]>([
  [
    { kind: "set", value: " 7 " },
    { kind: "set", column: "wage", value: " 7 " },
  ],
  [{ kind: "empty" }, { kind: "set", column: "wage", value: "" }],
  [
    { kind: "replace", find: "(\\d+)", with: "$1.00", pattern: true },
    { kind: "replace", column: "wage", find: "(\\d+)", with: "$1.00", pattern: true },
  ],
  [{ kind: "transform" }, { kind: "transform", column: "wage", transform: "trim" }],
  [
    { kind: "map", table: "a\t1\nb\t2" },
    { kind: "map", column: "wage", values: { a: "1", b: "2" } },
  ],
])("%j is %j", (filled, change) => {
  expect(toChange({ ...emptyForm, ...filled }, "wage")).toEqual(change);
});

test.each<[Partial<ChangeForm>, string, string]>([
  [{ kind: "empty" }, "", "Choose a column."],
  [{ kind: "set" }, "wage", "Say what is to stand in the column."],
  [{ kind: "replace", with: "x" }, "wage", "Say which text is to be replaced."],
  [{ kind: "map" }, "wage", "Paste the old and the new values."],
  [{ kind: "map", table: "a\t1\na\t2" }, "wage", "Correct the table of values."],
])("%j of %j is not complete: %s", (filled, column, missing) => {
  const form = { ...emptyForm, ...filled };
  expect(toChange(form, column)).toBeNull();
  expect(describeMissing(form, column)).toBe(missing);
});
