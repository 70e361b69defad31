import type { StepStatus } from "@waybill/db/words";
import { expect, test } from "vitest";
import { planNext } from "./plan-next.ts";

const plan = (statuses: StepStatus[], { cancelled = false, goesOn = [] as number[] } = {}) =>
  planNext(
    statuses.map((status, index) => ({ position: index + 1, status, abortOnFailure: !goesOn.includes(index + 1) })),
    cancelled,
  );

test.each<[string, StepStatus[], object, object]>([
  ["the first step is started first", ["waiting", "waiting"], {}, { kind: "start", position: 1 }],
  ["a step that goes is waited for", ["in_progress", "waiting"], {}, { kind: "wait" }],
  ["the next one follows", ["completed", "waiting"], {}, { kind: "start", position: 2 }],
  ["the last one ends it", ["completed", "completed"], {}, { kind: "end", status: "completed", skipped: [] }],
  [
    "a failed step aborts it",
    ["completed", "failed", "waiting", "waiting"],
    {},
    { kind: "end", status: "failed", skipped: [3, 4], aborting: 2 },
  ],
  [
    "so do rejected records",
    ["completed_with_errors", "waiting"],
    {},
    { kind: "end", status: "failed", skipped: [2], aborting: 1 },
  ],
  ["and somebody who cancels a step", ["cancelled", "waiting"], {}, { kind: "end", status: "failed", aborting: 1 }],
  ["a step may fail without aborting", ["failed", "waiting"], { goesOn: [1] }, { kind: "start", position: 2 }],
  [
    "which the end tells",
    ["failed", "completed"],
    { goesOn: [1] },
    { kind: "end", status: "completed_with_errors", aborting: null },
  ],
  [
    "a set that is cancelled starts no more",
    ["completed", "waiting"],
    { cancelled: true },
    { kind: "end", status: "cancelled", skipped: [2] },
  ],
  [
    "but one whose last step was done is completed",
    ["completed", "completed"],
    { cancelled: true },
    { kind: "end", status: "completed" },
  ],
  [
    "a step that was passed over leaves it with errors",
    ["skipped", "completed"],
    {},
    { kind: "end", status: "completed_with_errors" },
  ],
])("%s", (_, statuses, given, move) => expect(plan(statuses, given)).toMatchObject(move));
