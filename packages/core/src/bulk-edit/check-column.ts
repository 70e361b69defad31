import type { Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { listNames } from "../record/match-header.ts";
import { fitting, type RecordConditions } from "../rejected/record-filter.ts";

/** Checks that a column is there in some run whose records fit. Throws `edit_invalid`, which names those that are. */
export async function checkColumn({ database }: Services, conditions: RecordConditions, column: string): Promise<void> {
  const { rows } = await database.pool.query<{ columns: string[] }>({
    text: `select distinct coalesce(c.source_columns, '[]') as columns from waybill.runs c
       where c.id in (select r.run_id from ${fitting(conditions)})`,
    values: conditions.values,
  });
  const known = new Set(rows.flatMap((row) => row.columns));
  if (known.has(column)) return;
  const message = `The records have no column ${JSON.stringify(column)}. They have ${listNames([...known])}.`;
  throw new WaybillError("edit_invalid", message, { column });
}
