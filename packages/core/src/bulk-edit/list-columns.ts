import { z } from "zod";
import type { Context, Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { listNames } from "../record/match-header.ts";
import { changeable, conditionsOf, type RecordConditions, recordFilter } from "../rejected/record-filter.ts";

export const listBulkColumnsInput = z.strictObject({ filter: recordFilter.default({}) });

/** The columns that a bulk edit of a filter may change. Throws `run_unknown` or `integration_unknown`. */
export async function listBulkColumns(
  ctx: Context,
  { filter }: z.output<typeof listBulkColumnsInput>,
): Promise<{ columns: string[] }> {
  return { columns: await readColumns(ctx, changeable(await conditionsOf(ctx, filter))) };
}

/** Checks that a column is there in some run whose records fit. Throws `edit_invalid`, which names those that are. */
export async function checkColumn(services: Services, conditions: RecordConditions, column: string): Promise<void> {
  const known = await readColumns(services, conditions);
  if (known.includes(column)) return;
  const message = `The records have no column ${JSON.stringify(column)}. They have ${listNames(known)}.`;
  throw new WaybillError("edit_invalid", message, { column });
}

/** The columns of all runs that have a record which fits, those of the newest run first. */
async function readColumns({ database }: Services, { runs, records, values }: RecordConditions): Promise<string[]> {
  const { rows } = await database.pool.query<{ columns: string[] }>({
    text: `select coalesce(o.source_columns, '[]') as columns from waybill.runs o
       where ${runs} and exists (select from waybill.rejected_records r where r.run_id = o.id and ${records})
       group by o.source_columns order by max(o.created_at) desc`,
    values,
  });
  return [...new Set(rows.flatMap((row) => row.columns))];
}
