import { DatabaseError } from "pg";
import type { IssueCode, RecordIssue } from "../record/issue-code.ts";
import type { PreparedTable } from "./prepare-table.ts";

/**
 * The issue of a record that the database refused; null when the fault is not a record's.
 * Classes 22 (data exception) and 23 (integrity) speak of values; 21000 of two records that the destination takes for
 * one; 54000 of a value that is too long for an index.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function issueOfRefusal(error: unknown, table: PreparedTable): RecordIssue | null {
  if (!(error instanceof DatabaseError) || !error.code) return null;
  if (!/^(22|23|21000|54000)/.test(error.code)) return null;
  const [code, message] = describe(error, error.code);
  return { field: fieldOf(error, table), code, kind: "transactional", message, value: null };
}

function describe(error: DatabaseError, sqlState: string): [IssueCode, string] {
  const constraint = error.constraint ? ` ${error.constraint}` : "";
  switch (sqlState) {
    case "23505":
      return ["duplicate_key", `The destination already has a record with this value (unique index${constraint}).`];
    case "23503":
      return ["reference_missing", `What this record refers to is not there (foreign key${constraint}).`];
    case "23502":
      return ["constraint_violated", `The destination requires a value in ${error.column ?? "a column"}.`];
    case "23514":
    case "23P01":
      return ["constraint_violated", `The destination does not allow this value (constraint${constraint}).`];
    default:
      return ["value_refused", `The destination cannot hold this value: ${error.message}.`];
  }
}

function fieldOf(error: DatabaseError, table: PreparedTable): string | null {
  const named = error.column ?? /, column "?([^":,]+)"?/.exec(error.where ?? "")?.[1];
  return table.columns.find((column) => column.name === named)?.name ?? null;
}
