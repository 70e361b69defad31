import { expect, test } from "vitest";
import { describeEntry } from "./record-history.model.ts";

const change = {
  kind: "change",
  at: "",
  by: "",
  column: null,
  from: null,
  to: null,
  reason: null,
  bulkEdit: null,
} as const;

test.each([
  [{ ...change, action: "edited", column: "id", from: null, to: "7" }, "changed id from empty to “7”"],
  [
    { ...change, action: "edited", column: "id", from: "7", to: "", bulkEdit: { id: "b", kind: "change" } },
    "changed id from “7” to empty in a bulk edit",
  ],
  [
    { ...change, action: "edited", column: "id", from: "", to: "7", bulkEdit: { id: "c", kind: "undo" } },
    "changed id from empty to “7” as a bulk edit was undone",
  ],
  [{ ...change, action: "dismissed", reason: "A test" }, "dismissed it: A test"],
  [{ ...change, action: "reopened" }, "opened it again"],
  [{ ...change, action: "assigned", to: "Ann" }, "assigned it to Ann"],
  [{ ...change, action: "assigned" }, "left it to nobody"],
] as const)("a change reads as a sentence", (entry, sentence) => expect(describeEntry(entry)).toBe(sentence));

test("a resubmission says how it ended", () => {
  const run = { id: "", name: "", status: "completed" } as const;
  const entry = {
    kind: "resubmission",
    at: "",
    by: "",
    run,
    recordNumber: 1,
    outcome: "rejected",
    issues: [],
  } as const;
  expect(describeEntry({ ...entry, issues: [] })).toBe("sent it again: it was turned away again");
});
