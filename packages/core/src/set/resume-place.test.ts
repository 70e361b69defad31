import type { StepStatus } from "@waybill/db/words";
import { expect, test } from "vitest";
import { findResumePlace, sayRepeated } from "./resume-place.ts";

const setRun = (statuses: StepStatus[], { goesOn = [] as number[] } = {}) => ({
  status: "failed" as const,
  resumedBy: null,
  steps: statuses.map((status, index) => ({
    position: index + 1,
    key: `step-${index + 1}`,
    status,
    abortOnFailure: !goesOn.includes(index + 1),
  })),
});
/** The positions of the first step, of the one passed over and of those that run again; else why there is no place. */
const placeOf = (stopped: Parameters<typeof findResumePlace>[0], after: boolean) => {
  const found = findResumePlace(stopped, after);
  if (!found.ok) return found.message;
  const { first, passed, repeated } = found.place;
  return [first.position, passed?.position ?? null, repeated.map(({ position }) => position)];
};

test.each<[string, StepStatus[], number[], unknown, unknown]>([
  ["an aborted set", ["completed", "failed", "skipped"], [], [2, null, []], [3, 2, []]],
  ["its last step", ["completed", "failed"], [], [2, null, []], expect.stringContaining("2 (step-2) is the last one")],
  [
    "one that was cancelled",
    ["completed", "skipped"],
    [],
    [2, null, []],
    expect.stringContaining("No step has failed"),
  ],
  [
    "one that went on",
    ["completed", "failed", "completed"],
    [2],
    [2, null, [3]],
    expect.stringContaining("Every step after step 2 (step-2) is Completed"),
  ],
  [
    "one that went on twice",
    ["failed", "completed", "completed_with_errors", "completed"],
    [1, 3],
    [1, null, [2, 4]],
    [3, 1, [4]],
  ],
  ["one that went on, then was aborted", ["failed", "completed", "failed", "skipped"], [1], [3, null, []], [4, 3, []]],
  ["one that had passed a step over", ["completed", "skipped", "failed", "skipped"], [3], [3, null, []], [4, 3, []]],
  ["one that is done", ["completed"], [], expect.stringContaining("nothing to resume"), expect.any(String)],
])("%s is resumed at, or after, its place", (_what, statuses, goesOn, at, after) => {
  const stopped = setRun(statuses, { goesOn });
  expect([placeOf(stopped, false), placeOf(stopped, true)]).toEqual([at, after]);
});

test("what goes on, or was resumed, is not resumed", () => {
  const stopped = setRun(["failed", "skipped"]);
  expect(findResumePlace({ ...stopped, status: "in_progress" }, false)).toMatchObject({ code: "set_run_not_final" });
  expect(placeOf({ ...stopped, resumedBy: { name: "Later" } }, false)).toContain("by Later");
});

test("the steps that run again are named", () => {
  const [one, two] = setRun(["completed", "completed"]).steps;
  if (!one || !two) throw new Error("There are two.");
  expect(sayRepeated([two])).toBe("Step 2 (step-2) was Completed and runs again.");
  expect(sayRepeated([one, two])).toBe("Steps 1 (step-1), 2 (step-2) were Completed and run again.");
});
