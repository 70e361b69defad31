import type { RecordState } from "@waybill/db/words";

export { type RecordAction, type RecordState, recordActions, recordStates } from "@waybill/db/words";

/** The wording of each state on screen. */
export const recordStateLabels: Record<RecordState, string> = {
  open: "Open",
  resubmitting: "Being resubmitted",
  resolved: "Resolved",
  dismissed: "Dismissed",
};
