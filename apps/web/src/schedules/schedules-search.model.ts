/** What the address of the schedules says: the one that was just saved. */
export interface SchedulesSearch {
  saved?: string;
}

/** Takes what fits from an address that anybody may have written. */
export function readSchedulesSearch(given: Record<string, unknown>): SchedulesSearch {
  return typeof given.saved === "string" ? { saved: given.saved.slice(0, 100) } : {};
}
