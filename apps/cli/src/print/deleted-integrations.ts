/** What keeps sets from starting and what to do about it, a line for each integration that has been deleted. */
export function sayDeletedIntegrations(keys: readonly string[]): string[] {
  return [...new Set(keys)].map(
    (key) => `${key} has been deleted, and no set with it starts. Restore it: npx waybill integrations restore ${key}`,
  );
}
