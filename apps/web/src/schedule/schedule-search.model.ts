/** What the address of a new schedule says: what it is to run. */
export interface ScheduleSearch {
  integration?: string;
  set?: string;
}

/** Takes what fits from an address that anybody may have written; an integration goes before a set. */
export function readScheduleSearch(given: Record<string, unknown>): ScheduleSearch {
  const text = (key: "integration" | "set") => (typeof given[key] === "string" ? given[key].slice(0, 100) : "");
  const [integration, set] = [text("integration"), text("set")];
  if (integration) return { integration };
  return set ? { set } : {};
}
