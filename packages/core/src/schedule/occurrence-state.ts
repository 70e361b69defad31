import type { OccurrenceState } from "@waybill/db/words";

export { type OccurrenceState, occurrenceStates } from "@waybill/db/words";

/** The wording of each state on screen; one that was started is shown as its run stands. */
export const occurrenceStateLabels: Record<OccurrenceState, string> = {
  started: "Started",
  waiting: "Waiting for the one before",
  not_started: "Not started",
  failed: "Failed",
};
