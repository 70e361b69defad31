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

/** Where a rejected record stands on its way to be corrected. */
export const recordStates = ["open", "resubmitting", "resolved", "dismissed"] as const;
export type RecordState = (typeof recordStates)[number];

/** What people do to a rejected record. */
export const recordActions = ["edited", "dismissed", "reopened", "assigned"] as const;
export type RecordAction = (typeof recordActions)[number];

/** What a bulk edit does: a change to all records of a filter, or the way back from one. */
export const bulkEditKinds = ["change", "undo"] as const;
export type BulkEditKind = (typeof bulkEditKinds)[number];

/** Where a bulk edit stands. */
export const bulkEditStatuses = ["in_progress", "completed", "stopped", "failed"] as const;
export type BulkEditStatus = (typeof bulkEditStatuses)[number];

/** Every status that a set run can have, in the order of its life. */
export const setRunStatuses = ["in_progress", "completed", "completed_with_errors", "failed", "cancelled"] as const;
export type SetRunStatus = (typeof setRunStatuses)[number];

/** Every status that a step of a set run can have, in the order of its life. */
export const stepStatuses = [
  "waiting",
  "in_progress",
  "completed",
  "completed_with_errors",
  "failed",
  "cancelled",
  "skipped",
] as const;
export type StepStatus = (typeof stepStatuses)[number];

/** What happens to an occurrence while the run of an earlier one goes on. */
export const overlapPolicies = ["skip", "queue", "allow"] as const;
export type OverlapPolicy = (typeof overlapPolicies)[number];

/** What happens to occurrences that nobody started in time, since no worker was there. */
export const missedPolicies = ["skip", "once", "all"] as const;
export type MissedPolicy = (typeof missedPolicies)[number];

/** What became of an occurrence that was due: `waiting` is for the run of an earlier one to end. */
export const occurrenceStates = ["started", "waiting", "not_started", "failed"] as const;
export type OccurrenceState = (typeof occurrenceStates)[number];

/** What a notification rule can tell of. The first two are statuses that a run can end with. */
export const notificationEvents = ["failed", "completed_with_errors", "recovered", "not_started", "slow"] as const;
export type NotificationEvent = (typeof notificationEvents)[number];

/** How a notification goes out. */
export const notificationChannels = ["webhook", "email"] as const;
export type NotificationChannel = (typeof notificationChannels)[number];

/** Where a delivery stands: `failed` is for one that is not tried any more. */
export const deliveryStates = ["pending", "delivered", "failed"] as const;
export type DeliveryState = (typeof deliveryStates)[number];
