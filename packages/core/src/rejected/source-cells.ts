import type { RecordIssue } from "../record/issue-code.ts";

/** What is kept of a NUL character; it goes back as it came. */
const nulSign = "\u2400";

const unreadable = new Set<string>(["bad_quote", "record_too_long", "too_many_columns"]);

/**
 * The cells of a record as a source has them that is to be read again. One that could not be cut into its columns is
 * written so that its row does not fit the header, now as before.
 */
export function sourceCells(row: readonly string[], issues: readonly RecordIssue[], columns: number): string[] {
  const hasNul = issues.some((issue) => issue.code === "nul_character");
  const cells = hasNul ? row.map((text) => text.replaceAll(nulSign, "\0")) : [...row];
  const misfit = issues.some((issue) => unreadable.has(issue.code));
  return misfit && cells.length === columns ? [...cells, ""] : cells;
}
