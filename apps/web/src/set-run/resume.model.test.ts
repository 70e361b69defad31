import { expect, test } from "vitest";
import type { SetRunStep, SetRunSummary } from "../data/sets.ts";
import { findResumePlaces } from "./resume.model.ts";

const statuses = (all: SetRunStep["status"][]): SetRunSummary => ({
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
    abortOnFailure: true,
    status,
    run: null,
    counts: null,
    note: null,
    startedAt: null,
    finishedAt: null,
  })),
});
const placesOf = (setRun: SetRunSummary) => {
  const places = findResumePlaces(setRun);
  return places && [places.at.first.position, places.after?.first.position ?? null];
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
  [["completed", "completed"], null],
])("%j is resumed at, or after, %j", (steps, places) => expect(placesOf(statuses(steps))).toEqual(places));
