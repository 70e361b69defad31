/** What the address of the form says: the set run whose values it begins with. */
export interface RunSetSearch {
  again?: string;
}

/** Takes what fits from an address that anybody may have written. */
export function readRunSetSearch(given: Record<string, unknown>): RunSetSearch {
  return typeof given.again === "string" ? { again: given.again.slice(0, 300) } : {};
}
