import { type RunStatus, runStatuses } from "@waybill/core/run/status";

/** What the address of the list says. */
export interface RunsSearch {
  status?: RunStatus;
  search?: string;
}

/** Takes what fits from an address that anybody may have written. */
export function readRunsSearch(given: Record<string, unknown>): RunsSearch {
  const status = runStatuses.find((one) => one === given.status);
  const search = typeof given.search === "string" && given.search !== "" ? given.search.slice(0, 200) : undefined;
  return { ...(status && { status }), ...(search && { search }) };
}
