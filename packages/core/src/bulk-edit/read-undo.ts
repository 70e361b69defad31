import type { PoolClient } from "pg";
import { type HeldRecord, heldColumns } from "../rejected/held-record.ts";
import type { HeldBulkEdit } from "./held-bulk-edit.ts";

/** What is to be taken back next: the records that are still open, and what stood in the columns that were changed. */
export interface UndoPart {
  records: HeldRecord[];
  values: Map<string, Record<string, string>>;
  /** The last change that was looked at. */
  last: number | null;
  lookedAt: number;
}

/** SQL that joins to a change `c` its record `r`, and the place of the column that it changed. */
export const changedValue = `join waybill.rejected_records r on r.id = c.record_id join waybill.runs o on o.id = r.run_id
  cross join lateral (
    select (place - 1)::int as place from jsonb_array_elements_text(o.source_columns) with ordinality as named (name, place)
    where name = c.column_name limit 1
  ) columns`;

/** SQL for whether a record still has what a change made of it. */
export const valueStands = `coalesce(r.corrected, r.values) ->> columns.place = c."to"`;

/** So many changes of the bulk edit that is to be taken back, without those of values that were changed again since. */
export async function readUndo(client: PoolClient, edit: HeldBulkEdit, count: number): Promise<UndoPart> {
  const { rows } = await client.query<
    HeldRecord & { change: number; column: string; from: string | null; stands: boolean }
  >(
    `with looked_at as (
       select id, record_id, column_name, "from", "to" from waybill.record_changes
       where bulk_edit_id = $1 and id > $2 order by id limit $3
     )
     select c.id::float8 as change, c.column_name as column, c."from", ${heldColumns},
       r.state = 'open' and ${valueStands} as stands
     from looked_at c ${changedValue}
     order by c.id for update of r`,
    [edit.undoOf, (edit.position as number | null) ?? 0, count],
  );
  const standing = rows.filter((row) => row.stands);
  return {
    records: standing,
    values: new Map(standing.map((row) => [row.id, { [row.column]: row.from ?? "" }])),
    last: rows.at(-1)?.change ?? null,
    lookedAt: rows.length,
  };
}
