import type { Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { listNames } from "../record/match-header.ts";
import type { RecordConditions } from "../rejected/record-filter.ts";
import { recordTables } from "../rejected/record-row.ts";

/** Checks that a column is there in some run whose open records fit. Throws `edit_invalid`, which names those that are. */
export async function checkColumn(
  { database }: Services,
  { sql, values }: RecordConditions,
  column: string,
): Promise<void> {
  const { rows } = await database.pool.query<{ columns: string[] }>({
    text: `select distinct coalesce(o.source_columns, '[]') as columns from waybill.runs o
       where o.id in (select r.run_id from ${recordTables} where ${sql} and r.state = 'open')`,
    values,
  });
  const known = new Set(rows.flatMap((row) => row.columns));
  if (known.has(column)) return;
  const message = `The records have no column ${JSON.stringify(column)}. They have ${listNames([...known])}.`;
  throw new WaybillError("edit_invalid", message, { column });
}
