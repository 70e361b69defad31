import { quoteName } from "./column.ts";
import type { CopyLines } from "./copy-lines.ts";
import type { PreparedTable } from "./prepare-table.ts";
import { columnList, stagingOf } from "./staging.ts";

/** Where a statement takes the records from that it merges. */
export interface RecordsGiven {
  /** A query for the table's columns, and for `waybill_place`, by which the records are in order. */
  query: string;
  /** What a statement that reads them more than once does between. */
  kept: "materialized" | "not materialized";
  /** The statement's parameters. */
  values: unknown[];
}

/** Records that stand in the staging table. */
export function recordsInStaging(table: PreparedTable): RecordsGiven {
  return { query: `select *, ctid as waybill_place from ${stagingOf(table)}`, kept: "not materialized", values: [] };
}

/** Records that come with the statement itself, for which nothing is made, filled and emptied; for a table that `takesJson`. */
export function recordsInStatement(table: PreparedTable, lines: CopyLines): RecordsGiven {
  const columns = table.columns.map(({ name, type }) => `${quoteName(name)} ${type}`).join(", ");
  const records = Array.from({ length: lines.count }, (_, position) => toObject(table, lines.values(position)));
  return {
    query: `select * from rows from (json_to_recordset($1::json) as (${columns})) with ordinality
      as given (${columnList(table)}, waybill_place)`,
    kept: "materialized",
    values: [JSON.stringify(records)],
  };
}

function toObject({ columns }: PreparedTable, values: (string | null)[]): Record<string, string | null> {
  return Object.fromEntries(columns.map(({ name }, index) => [name, values[index] ?? null]));
}
