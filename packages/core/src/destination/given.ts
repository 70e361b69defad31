import { quoteName } from "./column.ts";
import type { CopyLines } from "./copy-lines.ts";
import { quoteKey } from "./find-ranges.ts";
import type { PreparedTable } from "./prepare-table.ts";
import { columnList, stagingOf } from "./staging.ts";

/** Where a statement takes the records from that it merges. */
export interface Given {
  /** A query for the table's columns, and for `waybill_place`, by which the records are in order. */
  query: string;
  /** SQL for whether no key stands twice in `waybill_given`, the name that the statement gives to the query. */
  distinct: string;
  /** The statement's parameters. */
  values: unknown[];
}

/** Records of distinct keys that stand in the staging table. */
export function staged(table: PreparedTable): Given {
  return { query: `select *, ctid as waybill_place from ${stagingOf(table)}`, distinct: "true", values: [] };
}

/** Records that come with the statement itself, for which nothing is made, filled and emptied; for a table that `takesJson`. */
export function sent(table: PreparedTable, lines: CopyLines): Given {
  const columns = table.columns.map(({ name, type }) => `${quoteName(name)} ${type}`).join(", ");
  return {
    query: `select * from rows from (json_to_recordset($1::json) as (${columns})) with ordinality
      as sent (${columnList(table)}, waybill_place)`,
    distinct: `not exists (select from waybill_given group by ${quoteKey(table)} having count(*) > 1)`,
    values: [
      JSON.stringify(Array.from({ length: lines.count }, (_, position) => toObject(table, lines.values(position)))),
    ],
  };
}

function toObject({ columns }: PreparedTable, values: (string | null)[]): Record<string, string | null> {
  return Object.fromEntries(columns.map(({ name }, index) => [name, values[index] ?? null]));
}
