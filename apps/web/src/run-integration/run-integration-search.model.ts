/** What the address of the panel says: the integration that is chosen, then the run that was started. */
export interface RunIntegrationSearch {
  integration?: string;
  run?: string;
}

/** Takes what fits from an address that anybody may have written. */
export function readRunIntegrationSearch(given: Record<string, unknown>): RunIntegrationSearch {
  return {
    ...(typeof given.integration === "string" && { integration: given.integration.slice(0, 100) }),
    ...(typeof given.run === "string" && { run: given.run.slice(0, 300) }),
  };
}
