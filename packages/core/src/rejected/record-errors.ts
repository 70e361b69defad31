import { WaybillError } from "../errors.ts";
import { type RecordState, recordStateLabels } from "./record-state.ts";

/** The error of an id at which no record is, or no longer. */
export function recordUnknown(id: string): WaybillError {
  const message = `There is no rejected record ${id}. It may have been purged with its run; list the records to see which there are.`;
  return new WaybillError("record_unknown", message, { record: id });
}

/** The error of a record that can only be changed while it is open. */
export function notOpen(id: string, state: RecordState): WaybillError {
  const remedy = {
    open: "",
    resubmitting: "Wait for the end of that run.",
    resolved: "It was accepted when it was resubmitted, so there is nothing left to do.",
    dismissed: "Reopen it first.",
  }[state];
  const message = `The record ${id} is not open: ${recordStateLabels[state].toLowerCase()}. ${remedy}`;
  return new WaybillError("record_not_open", message, { record: id, state });
}

/** The error of a record whose run may still take it back. */
export function runNotOver(id: string): WaybillError {
  const message = `The run that rejected the record ${id} is not over yet. Wait for its end, or cancel it.`;
  return new WaybillError("run_not_final", message, { record: id });
}

/** The error of a record that can only be reopened once it was dismissed. */
export function notDismissed(id: string, state: RecordState): WaybillError {
  const message = `The record ${id} is not dismissed but ${recordStateLabels[state].toLowerCase()}, so it cannot be reopened.`;
  return new WaybillError("record_not_dismissed", message, { record: id, state });
}

/** The error of a filter that no record fits. */
export function noRecords(state: string): WaybillError {
  const message = `No ${state} record fits. List the records to see which there are, or widen the filter.`;
  return new WaybillError("records_none", message);
}
