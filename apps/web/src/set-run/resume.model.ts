import type { SetRunStep, SetRunSummary } from "../data/sets.ts";

/** Where a set run that stopped can go on. */
export interface ResumePlace {
  /** The step at which it stopped. */
  at: SetRunStep;
  /** The step after it, where that one failed and may be passed over. */
  after: SetRunStep | null;
}

/** Where a set run can be resumed; null where it cannot: it goes on, has been resumed, or has nothing left to do. */
export function findResumePlace({ status, steps, resumedBy }: SetRunSummary): ResumePlace | null {
  if (status === "in_progress" || resumedBy) return null;
  const at = steps.find((step) => step.abortOnFailure && isFailure(step)) ?? steps.find(isLeft);
  if (!at) return null;
  return { at, after: isFailure(at) ? (steps[at.position] ?? null) : null };
}

function isFailure({ status }: SetRunStep): boolean {
  return status === "completed_with_errors" || status === "failed" || status === "cancelled";
}

function isLeft(step: SetRunStep): boolean {
  return isFailure(step) || step.status === "skipped" || step.status === "waiting";
}
