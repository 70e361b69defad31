import type { BulkEditStatus } from "@waybill/db/words";

export { type BulkEditStatus, bulkEditStatuses } from "@waybill/db/words";

/** The wording of each status on screen. */
export const bulkEditStatusLabels: Record<BulkEditStatus, string> = {
  in_progress: "In-Progress",
  completed: "Completed",
  stopped: "Stopped",
  failed: "Failed",
};
