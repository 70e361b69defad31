/** The parts of a run's page. */
export const runTabs = ["summary", "issues", "log"] as const;
export type RunTab = (typeof runTabs)[number];

/** What the address of a run says: its part, and which issues. */
export interface RunSearch {
  tab?: RunTab;
  code?: string;
  field?: string;
}

/** Takes what fits from an address that anybody may have written. */
export function readRunSearch(given: Record<string, unknown>): RunSearch {
  const tab = runTabs.find((one) => one === given.tab);
  return {
    ...(tab && { tab }),
    ...(typeof given.code === "string" && { code: given.code.slice(0, 100) }),
    ...(typeof given.field === "string" && { field: given.field.slice(0, 100) }),
  };
}
