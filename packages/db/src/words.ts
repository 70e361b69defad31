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
