import { expect, test } from "vitest";
import type { SetRunStep, SetRunSummary } from "../data/sets.ts";
import { findResumePlace } from "./resume.model.ts";

const statuses = (all: SetRunStep["status"][], abortOnFailure = true): SetRunSummary => ({
  id: "1",
  name: "Nightly",
  status: "failed",
  set: "nightly",
  setName: "Nightly",
  version: 1,
  trigger: "manual",
  startedBy: "somebody",
  createdAt: "2026-11-01T00:00:00.000Z",
  finishedAt: "2026-11-01T00:01:00.000Z",
  parameters: {},
  cancelling: false,
  schedule: null,
  fromSetRun: null,
  resumedBy: null,
  steps: all.map((status, index) => ({
    position: index + 1,
    key: `step-${index + 1}`,
    name: `Step ${index + 1}`,
    integration: "any",
    abortOnFailure,
    status,
    run: null,
    counts: null,
    note: null,
    startedAt: null,
    finishedAt: null,
  })),
});
const placeOf = (setRun: SetRunSummary) => {
  const place = findResumePlace(setRun);
  return place && [place.at.position, place.after?.position ?? null];
};

test.each<[SetRunStep["status"][], (number | null)[] | null]>([
  [
    ["completed", "completed_with_errors", "skipped"],
    [2, 3],
  ],
  [
    ["completed", "failed"],
    [2, null],
  ],
  [
    ["completed", "skipped", "skipped"],
    [2, null],
  ],
  [["completed", "completed"], null],
])("%j is resumed at, or after, %j", (steps, place) => expect(placeOf(statuses(steps))).toEqual(place));

test("where a failure does not abort, the set is resumed at the first step that is left", () => {
  expect(placeOf(statuses(["failed", "completed", "failed"], false))).toEqual([1, 2]);
});

test("what goes on, or was resumed, is not resumed", () => {
  const stopped = statuses(["failed", "skipped"]);
  expect(placeOf({ ...stopped, status: "in_progress" })).toBeNull();
  expect(placeOf({ ...stopped, resumedBy: { id: "2", name: "Later", status: "completed" } })).toBeNull();
});
