import { type RunStatus, runStatuses } from "@waybill/core/run/status";

/** What the address of the list says. */
export interface RunsSearch {
  status?: RunStatus;
  search?: string;
}

/** Takes what fits from an address that anybody may have written. */
export function readRunsSearch(given: Record<string, unknown>): RunsSearch {
  const status = runStatuses.find((one) => one === given.status);
  // The router reads `?search=54` as a number.
  const text = ["string", "number", "boolean"].includes(typeof given.search) ? String(given.search) : "";
  const search = text.slice(0, 200);
  return { ...(status && { status }), ...(search && { search }) };
}

/** The status that is looked for, if it is one of runs to come; those of the past have another. */
export function plannedStatus(status: RunStatus | undefined): "scheduled" | "scheduled_but_deleted" | undefined {
  return status === "scheduled" || status === "scheduled_but_deleted" ? status : undefined;
}
