import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Context } from "../context.ts";
import { countFitting } from "../rejected/count-records.ts";
import { noRecords } from "../rejected/record-errors.ts";
import { changeable, conditionsOf, recordFilter } from "../rejected/record-filter.ts";
import { findRunId } from "../run/read-run.ts";
import { bulkChange, compileChange } from "./bulk-change.ts";
import type { BulkEdit } from "./bulk-edit.ts";
import { checkColumn } from "./list-columns.ts";
import { getBulkEdit } from "./read-bulk-edit.ts";

export const startBulkEditInput = z.strictObject({ filter: recordFilter, change: bulkChange });

/**
 * Has a change made to all open records of a filter, in the background: `getBulkEdit` tells how far it is. Records that
 * come to fit later are not touched. Throws `records_none`, `edit_invalid`, `pattern_invalid` or `run_unknown`.
 */
export async function startBulkEdit(ctx: Context, input: z.output<typeof startBulkEditInput>): Promise<BulkEdit> {
  compileChange(input.change);
  // A run that is renamed or purged meanwhile stays the one that was meant.
  const run = input.filter.run === undefined ? undefined : await findRunId(ctx, input.filter.run);
  const filter = { ...input.filter, ...(run !== undefined && { run }) };
  const conditions = changeable(await conditionsOf(ctx, filter));
  const matched = await countFitting(ctx, conditions);
  if (matched === 0) throw noRecords("open");
  await checkColumn(ctx, conditions, input.change.column);
  const id = uuidv7();
  await ctx.database.pool.query(
    `insert into waybill.bulk_edits (id, kind, status, by, created_at, filter, change, matched_count, position)
     values ($1, 'change', 'in_progress', $2, $3, $4, $5, $6,
       (select jsonb_build_array(max(id::text), 0) from waybill.runs where created_at <= $3))`,
    [id, ctx.actor.id, ctx.clock.now(), JSON.stringify(filter), JSON.stringify(input.change), matched],
  );
  return await getBulkEdit(ctx, { bulkEdit: id });
}
