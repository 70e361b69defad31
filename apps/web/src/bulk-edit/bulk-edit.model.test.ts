import { expect, test } from "vitest";
import type { BulkEdit } from "../data/bulk-edits.ts";
import { describeBulkEdit, describeCounts, isUndoable, recentOf, shareOf } from "./bulk-edit.model.ts";

const bulkEdit = (over: Partial<BulkEdit> = {}): BulkEdit => ({
  id: "1",
  kind: "change",
  status: "completed",
  by: "Ann",
  createdAt: "2026-11-25T10:00:00.000Z",
  finishedAt: "2026-11-25T10:00:05.000Z",
  filter: {},
  change: { kind: "set", column: "wage", value: "7" },
  undoOf: null,
  undone: false,
  counts: { matched: 100, lookedAt: 100, changed: 90, healed: 80 },
  failure: null,
  ...over,
});

test.each<[BulkEdit["change"], string]>([
  [{ kind: "set", column: "wage", value: "7" }, "Set wage to “7”"],
  [{ kind: "set", column: "wage", value: "" }, "Make wage empty"],
  [{ kind: "replace", column: "wage", find: "EUR ", with: "", pattern: false }, "Replace “EUR ” with nothing in wage"],
  [
    { kind: "replace", column: "wage", find: "x".repeat(41), with: "$1", pattern: true },
    `Replace the pattern “${"x".repeat(40)}…” with “$1” in wage`,
  ],
  [{ kind: "transform", column: "wage", transform: "digits_only" }, "Keep digits only in wage"],
  [{ kind: "transform", column: "wage", transform: { remove: "-" } }, "Transform by remove in wage"],
  [{ kind: "map", column: "wage", values: { a: "1", b: "2" } }, "Map 2 values of wage"],
])("%j: %s", (change, words) => {
  expect(describeBulkEdit({ kind: "change", change })).toBe(words);
  expect(describeBulkEdit({ kind: "undo", change })).toBe(`Undo: ${words}`);
});

test.each<[Partial<BulkEdit>, string]>([
  [{}, "90 changed, 80 without issues now, of 100"],
  [
    { status: "in_progress", counts: { matched: 100, lookedAt: 40, changed: 36, healed: 32 } },
    "40 of 100 looked at, 36 changed, 32 without issues now",
  ],
  [{ kind: "undo", counts: { matched: 90, lookedAt: 90, changed: 88, healed: 0 } }, "88 changed back"],
  [
    { kind: "undo", status: "in_progress", counts: { matched: 90, lookedAt: 20, changed: 19, healed: 0 } },
    "20 of 90 looked at, 19 changed back",
  ],
])("%j: %s", (over, words) => {
  expect(describeCounts(bulkEdit(over))).toBe(words);
});

test("a share is whole when all is looked at, and never more", () => {
  expect(shareOf({ matched: 3, lookedAt: 2, changed: 0, healed: 0 })).toBe(66);
  expect(shareOf({ matched: 3, lookedAt: 4, changed: 0, healed: 0 })).toBe(100);
  expect(shareOf({ matched: 0, lookedAt: 0, changed: 0, healed: 0 })).toBe(0);
});

test("what is under way, changed nothing, was taken back or is a way back cannot be undone", () => {
  expect(isUndoable(bulkEdit())).toBe(true);
  expect(isUndoable(bulkEdit({ status: "stopped" }))).toBe(true);
  for (const over of [
    { status: "in_progress" },
    { kind: "undo" },
    { undone: true },
    { counts: { matched: 1, lookedAt: 1, changed: 0, healed: 0 } },
  ] as const) {
    expect(isUndoable(bulkEdit(over))).toBe(false);
  }
});

test("shown are all that are under way and the last two that have just been over", () => {
  const over = (id: string, minutes: number) => bulkEdit({ id, finishedAt: `2026-11-25T10:${minutes}:00.000Z` });
  const running = bulkEdit({ id: "running", status: "in_progress", finishedAt: null });
  const edits = [over("a", 59), over("b", 58), over("c", 57), over("d", 20), running];
  const shown = (at: string) => recentOf(edits, Date.parse(at)).map(({ id }) => id);
  expect(shown("2026-11-25T11:00:00.000Z")).toEqual(["a", "b", "running"]);
  expect(shown("2026-11-25T12:00:00.000Z")).toEqual(["running"]);
});
