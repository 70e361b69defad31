import { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import { type BulkEdit, type BulkEditRow, bulkEditColumns, toBulkEdit } from "./bulk-edit.ts";

export const getBulkEditInput = z.strictObject({ bulkEdit: z.uuid() });

/** A bulk edit, and how far it is. Throws `bulk_edit_unknown`. */
export async function getBulkEdit(ctx: Context, input: z.output<typeof getBulkEditInput>): Promise<BulkEdit> {
  const { rows } = await ctx.database.pool.query<BulkEditRow>(
    `select ${bulkEditColumns} from waybill.bulk_edits where id = $1`,
    [input.bulkEdit],
  );
  if (!rows[0]) throw bulkEditUnknown(input.bulkEdit);
  return toBulkEdit(rows[0]);
}

export const listBulkEditsInput = z.strictObject(pageInput);

/** Bulk edits, the newest first. */
export async function listBulkEdits(ctx: Context, input: z.output<typeof listBulkEditsInput>): Promise<Page<BulkEdit>> {
  const after = readCursor(input.cursor, z.tuple([z.iso.datetime(), z.uuid()]));
  const { rows } = await ctx.database.pool.query<BulkEditRow>(
    `select ${bulkEditColumns} from waybill.bulk_edits
     where $1::timestamptz is null or (created_at, id) < ($1, $2::uuid) order by created_at desc, id desc limit $3`,
    [after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  );
  return toPage(rows.map(toBulkEdit), input.limit, (edit) => [edit.createdAt, edit.id]);
}

/** The error of an id at which no bulk edit is. */
export function bulkEditUnknown(id: string): WaybillError {
  return new WaybillError("bulk_edit_unknown", `There is no bulk edit ${id}. List them to see which there are.`);
}
