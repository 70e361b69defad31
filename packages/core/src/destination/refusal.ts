import { DatabaseError } from "pg";
import { type IssueCode, type RecordIssue, recordIssue } from "../record/issue-code.ts";
import { unusable } from "./column.ts";
import type { PreparedTable } from "./prepare-table.ts";

/** What triggers raise, under codes of their own too. */
const raisedStates = /^(P0|[689A-EGI-OQ-WYZ])/;

/**
 * The states in which a database refuses a record, and not the statement as a whole. Classes 22 (data exception) and 23
 * (integrity) speak of values; 21000 of two records that the destination takes for one, 44000 of a view that would not
 * show the record, 54000 of a value that is too long for an index. P0 is what the destination's own triggers raise, as are
 * the classes that Postgres leaves to them: those that begin with 6, 8, 9 or a letter of which it has no class.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export const refusalStates = new RegExp(`^(22|23|21000|44000|54000)|${raisedStates.source}`);

const insufficientPrivilege = "42501";

/** What a database says of a record that it refuses. */
export interface Refusal {
  code: string;
  message: string;
  detail?: string | null;
  constraint?: string | null;
  column?: string | null;
}

/** Whether a fault is that of a record. */
export function isRefusal(error: unknown): boolean {
  return error instanceof DatabaseError && refusalStates.test(error.code ?? "");
}

/** The issue of a record that the database refused. */
export function issueOfRefusal(refusal: Refusal, table: PreparedTable): RecordIssue {
  const taken = takenValue(refusal);
  if (taken) {
    const message = `${taken.columns} ${JSON.stringify(taken.value)} is already taken by another record of the destination.`;
    return recordIssue(fieldNamed(taken.columns, table), "duplicate_key", message, taken.value);
  }
  const [code, message] = describe(refusal);
  return recordIssue(fieldNamed(refusal.column, table), code, message, null);
}

/** The issue of a record that the destination took and then did not keep. */
export function issueOfDropping(): RecordIssue {
  const message = "The destination did not keep this record: one of its own triggers or rules drops it.";
  return recordIssue(null, "constraint_violated", message, null);
}

/** The issue of a record whose key is there already, where records are only inserted. */
export function issueOfTakenKey(table: PreparedTable, values: (string | null)[]): RecordIssue {
  const key = table.key.map((name) => values[table.columns.findIndex((column) => column.name === name)] ?? "");
  const field = table.key.length === 1 ? (table.key[0] ?? null) : null;
  const message = `A record with this ${table.key.join(", ")} is there already.`;
  return recordIssue(field, "duplicate_key", message, key.join(", "));
}

/** What the database says of a table that no record can be loaded into; any other fault as it came. */
export function faultOfDestination(error: unknown, table: PreparedTable): unknown {
  if (!(error instanceof DatabaseError) || !/^(42|0A|428C9|55000)/.test(error.code ?? "")) return error;
  return unusable(table, `the database says: ${error.message}. ${remedyOf(error)}`);
}

function remedyOf({ code }: DatabaseError): string {
  return code === insufficientPrivilege
    ? "Let the user of DATABASE_URL read and write this table."
    : "Change the table, or the fields of the definition.";
}

function describe(refusal: Refusal): [IssueCode, string] {
  const constraint = refusal.constraint ? ` ${refusal.constraint}` : "";
  switch (refusal.code) {
    case "23505":
      return ["duplicate_key", `A value of this record is already taken by another (unique index${constraint}).`];
    case "23503":
      return ["reference_missing", `What this record refers to is not there (foreign key${constraint}).`];
    case "23502":
      return ["constraint_violated", `The destination requires a value in ${refusal.column ?? "a column"}.`];
    case "23514":
    case "23P01":
    case "44000":
      return ["constraint_violated", `The destination does not allow this value (constraint${constraint}).`];
    default:
      if (raisedStates.test(refusal.code)) {
        return ["constraint_violated", `The destination does not allow this record: ${refusal.message}`];
      }
      return ["value_refused", `The destination cannot hold this value: ${refusal.message}.`];
  }
}

/** What Postgres says in the detail of a unique violation, unless in another language: `Key (code)=(A) already exists.` */
function takenValue({ code, detail }: Refusal): { columns: string; value: string } | null {
  if (code !== "23505") return null;
  const [, columns, value] = /^Key \((.*?)\)=\((.*)\) /s.exec(detail ?? "") ?? [];
  return columns === undefined || value === undefined ? null : { columns, value };
}

function fieldNamed(name: string | null | undefined, table: PreparedTable): string | null {
  return table.columns.find((column) => column.name === name)?.name ?? null;
}
