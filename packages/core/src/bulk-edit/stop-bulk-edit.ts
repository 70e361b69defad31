import type { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import type { BulkEdit } from "./bulk-edit.ts";
import { getBulkEdit, getBulkEditInput } from "./read-bulk-edit.ts";

export const stopBulkEditInput = getBulkEditInput;

/** Stops a bulk edit after the part that is at work; what it has changed stays. Throws `bulk_edit_unknown` or `bulk_edit_over`. */
export async function stopBulkEdit(ctx: Context, input: z.output<typeof stopBulkEditInput>): Promise<BulkEdit> {
  const { rowCount } = await ctx.database.pool.query(
    "update waybill.bulk_edits set status = 'stopped', finished_at = $2 where id = $1 and status = 'in_progress'",
    [input.bulkEdit, ctx.clock.now()],
  );
  const edit = await getBulkEdit(ctx, input);
  if (rowCount === 0) {
    throw new WaybillError("bulk_edit_over", "The bulk edit is over. To take back what it changed, undo it.");
  }
  return edit;
}
