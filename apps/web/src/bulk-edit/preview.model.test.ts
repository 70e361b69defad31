import { recordIssue } from "@waybill/core/record/issue-code";
import { expect, test } from "vitest";
import { compareIssues, describePreview, wouldChange } from "./preview.model.ts";

const preview = (matched: number, lookedAt: number, changed: number, healed: number) => ({
  matched,
  lookedAt,
  changed,
  healed,
  examples: [],
});

test.each([
  [preview(124, 124, 119, 110), "124 records match, 119 change, 110 would have no issue left."],
  [preview(1, 1, 1, 0), "1 record matches, 1 changes, 0 would have no issue left."],
  [preview(124, 124, 0, 0), "124 records match, none changes."],
  [preview(124, 100, 90, 80), "124 records match. Of the first 100, 90 change, 80 would have no issue left."],
])("%j: %s", (given, sentence) => {
  expect(describePreview(given)).toBe(sentence);
});

test("applying makes no sense only where all were looked at and none changes", () => {
  expect(wouldChange(preview(5, 5, 0, 0))).toBe(false);
  expect(wouldChange(preview(5, 4, 0, 0))).toBe(true);
  expect(wouldChange(preview(5, 5, 1, 0))).toBe(true);
});

test("an issue goes away, stays with what it says afterwards, or is a new one", () => {
  const gone = recordIssue("wage", "not_a_decimal", "wage must be a number.", "EUR 1");
  const before = recordIssue("team", "not_a_choice", "team must be one of: A.", "x");
  const after = recordIssue("team", "not_a_choice", "team must be one of: A.", "y");
  const fresh = recordIssue("wage", "below_min", "wage must be at least 2.", "1");
  expect(compareIssues([before, gone], [fresh, after])).toEqual([
    { issue: gone, fate: "goes" },
    { issue: fresh, fate: "comes" },
    { issue: after, fate: "stays" },
  ]);
});
