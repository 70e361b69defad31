import type { Definition } from "../definition/definition.ts";
import type { RecordOutcome } from "./compile-record.ts";
import type { IssueCode, RecordIssue } from "./issue-code.ts";
import { matchHeader } from "./match-header.ts";

/** What cannot be found out again from the row as it is kept: most of it only a load can find. */
const kept = new Set<IssueCode>([
  "not_unique",
  "reference_missing",
  "duplicate_key",
  "constraint_violated",
  "value_refused",
  // Where a NUL stood, what is kept has a sign for it, which is not to be loaded in its place.
  "nul_character",
]);

/** A record that was turned away: its row as it stands, in the order of the columns, and what is wrong with it. */
export interface CheckedRow {
  row: readonly string[];
  issues: readonly RecordIssue[];
}

/** What is wrong with a row, and its values as `RecordOutcome` has them; none where the run would pass it over. */
export interface Rechecked {
  issues: RecordIssue[];
  values: readonly (string | null)[];
}

/** Checks a record whose row is to become `row`. */
export type Recheck = (before: CheckedRow, row: readonly string[]) => Rechecked;

/**
 * Compiles the way to check a record again: by the rules of its definition, and with what a load found in the fields that
 * stay as they are. `check` is the compiled definition for this header. Throws a RangeError when the header does not fit.
 */
export function compileRecheck(
  definition: Definition,
  header: readonly string[],
  check: (row: readonly string[]) => RecordOutcome,
): Recheck {
  const matched = matchHeader(definition, header);
  if (!matched.ok) throw new RangeError(matched.message);
  const positions = new Map(definition.fields.map((field, index) => [field.name, matched.positions[index] ?? -1]));
  return (before, row) => {
    const outcome = check(row);
    const found = outcome.kind === "rejected" ? outcome.issues : [];
    const named = new Set(found.map((issue) => issue.field));
    const stays = ({ code, field }: RecordIssue) => {
      if (!kept.has(code) || (named.has(field) && code !== "nul_character")) return false;
      const position = field === null ? undefined : positions.get(field);
      if (position === undefined) return row.every((text, index) => text === before.row[index]);
      return position < 0 || row[position] === before.row[position];
    };
    if (outcome.kind === "skipped") return { issues: [], values: [] };
    return { issues: [...found, ...before.issues.filter(stays)], values: outcome.values };
  };
}
