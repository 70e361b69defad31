const cells = 24;

/** What empties the line of a terminal that stands under its cursor, to write it anew. */
export const clearedLine = "\r\x1b[K";

/** A bar for a terminal, and its percentage, 0 to 100. */
export function renderProgress(percent: number): string {
  const filled = Math.round((percent / 100) * cells);
  return `${"█".repeat(filled)}${"░".repeat(cells - filled)} ${percent} %`;
}
