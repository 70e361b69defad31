import type { SetRunStatus, StepStatus } from "@waybill/db/words";

/** A step as far as it decides what comes next. */
export interface PlannedStep {
  /** From 1. */
  position: number;
  status: StepStatus;
  abortOnFailure: boolean;
}

/** What is to be done next in a set run. `aborting` is the step that keeps the others from running. */
export type NextMove =
  | { kind: "wait" }
  | { kind: "start"; position: number }
  | { kind: "end"; status: SetRunStatus; skipped: number[]; aborting: number | null };

/** Whether a step did not do what it was to do; records that were turned away count. */
export function isFailure(status: StepStatus): boolean {
  return status === "completed_with_errors" || status === "failed" || status === "cancelled";
}

/** What is to be done next, by how the steps stand, in their order, and whether somebody asked the set run to stop. */
export function planNext(steps: readonly PlannedStep[], cancelled: boolean): NextMove {
  if (steps.some(({ status }) => status === "in_progress")) return { kind: "wait" };
  const waiting = steps.filter(({ status }) => status === "waiting").map(({ position }) => position);
  const failed = steps.find((step) => step.abortOnFailure && isFailure(step.status));
  const aborting = cancelled ? null : (failed?.position ?? null);
  const [next] = waiting;
  if (next !== undefined && !cancelled && aborting === null) return { kind: "start", position: next };
  return { kind: "end", status: endOf(steps, { cancelled, aborting }), skipped: waiting, aborting };
}

function endOf(
  steps: readonly PlannedStep[],
  { cancelled, aborting }: { cancelled: boolean; aborting: number | null },
): SetRunStatus {
  if (steps.every(({ status }) => status === "completed")) return "completed";
  if (cancelled) return "cancelled";
  return aborting === null ? "completed_with_errors" : "failed";
}
