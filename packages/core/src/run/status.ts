import type { RunStatus } from "@waybill/db/words";

export {
  type RunPhase,
  type RunStatus,
  type RunTrigger,
  runPhases,
  runStatuses,
  runTriggers,
} from "@waybill/db/words";

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
