/** Every status a run can have, in the order of its life. Feeds the database, the API and the screens. */
export const runStatuses = [
  "scheduled",
  "scheduled_but_deleted",
  "in_progress",
  "completed",
  "completed_with_errors",
  "failed",
  "cancelled",
] as const;
export type RunStatus = (typeof runStatuses)[number];

/** Where a run that is In-Progress stands. */
export const runPhases = ["queued", "opening", "checking", "loading", "finishing"] as const;
export type RunPhase = (typeof runPhases)[number];

/** What started a run. */
export const runTriggers = ["manual", "rerun", "resubmit", "schedule", "set"] as const;
export type RunTrigger = (typeof runTriggers)[number];

/** The wording of each status on screen. */
export const runStatusLabels: Record<RunStatus, string> = {
  scheduled: "Scheduled",
  scheduled_but_deleted: "Scheduled but Deleted",
  in_progress: "In-Progress",
  completed: "Completed",
  completed_with_errors: "Completed with Errors",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** Statuses that a run never leaves. */
export const finalRunStatuses = [
  "completed",
  "completed_with_errors",
  "failed",
  "cancelled",
] as const satisfies readonly RunStatus[];

/** Whether a run is over. */
export function isFinal(status: RunStatus): boolean {
  return (finalRunStatuses as readonly RunStatus[]).includes(status);
}
