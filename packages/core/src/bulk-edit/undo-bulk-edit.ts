import { transaction } from "@waybill/db";
import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import type { BulkEdit } from "./bulk-edit.ts";
import { getBulkEdit, getBulkEditInput } from "./read-bulk-edit.ts";

export const undoBulkEditInput = getBulkEditInput;

/**
 * Has a bulk edit taken back, in the background, as a bulk edit of its own. A value that somebody has changed since stays,
 * and so does a record that is not open any more. Throws `bulk_edit_unknown` or `bulk_edit_not_undoable`.
 */
export async function undoBulkEdit(ctx: Context, input: z.output<typeof undoBulkEditInput>): Promise<BulkEdit> {
  const edit = await getBulkEdit(ctx, input);
  if (edit.kind === "undo") throw notUndoable("It took another one back itself. Make the change again instead.");
  const id = uuidv7();
  await transaction(ctx.database, async (client) => {
    const { rowCount } = await client.query(
      "update waybill.bulk_edits set undone = true where id = $1 and status <> 'in_progress' and not undone",
      [edit.id],
    );
    if (rowCount === 0) {
      throw notUndoable(edit.undone ? "It has been taken back already." : "It is not over yet. Stop it first.");
    }
    await client.query(
      `insert into waybill.bulk_edits (id, kind, status, by, created_at, filter, change, undo_of_id, matched_count)
       select $2, 'undo', 'in_progress', $3, $4, filter, change, id, changed_count from waybill.bulk_edits where id = $1`,
      [edit.id, id, ctx.actor.id, ctx.clock.now()],
    );
  });
  return await getBulkEdit(ctx, { bulkEdit: id });
}

function notUndoable(why: string): WaybillError {
  return new WaybillError("bulk_edit_not_undoable", `The bulk edit cannot be undone. ${why}`);
}
