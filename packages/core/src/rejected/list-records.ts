import { z } from "zod";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import { findInOrder } from "./find-in-order.ts";
import { conditionsOf, recordFilter } from "./record-filter.ts";
import { type RecordListItem, readRecordRows } from "./record-row.ts";

export const listRecordsInput = z.strictObject({
  ...pageInput,
  filter: recordFilter.default({}),
  /** How many to pass over; for a view that jumps to a place. `cursor` is quicker for one that reads on. */
  offset: z.number().int().min(0).max(limits.rejectedMax).default(0),
});

/** A page of records, with the columns of each run that has one of them. */
export interface RecordPage extends Page<RecordListItem> {
  /** The columns of the source, by the id of the run. */
  columns: Record<string, string[]>;
}

/** The records that fit: those of the newest run first, those of one run in the order of its source. Throws `run_unknown`. */
export async function listRecords(ctx: Context, input: z.output<typeof listRecordsInput>): Promise<RecordPage> {
  const after = readCursor(input.cursor, z.tuple([z.uuid(), z.number()]));
  const conditions = await conditionsOf(ctx, input.filter);
  const { limit, offset } = input;
  const found = await findInOrder(ctx.database.pool, { conditions, after, offset, count: limit + 1 });
  const rows = await readRecordRows(
    ctx.database.pool,
    found.map(({ id }) => id),
  );
  const page = toPage(rows, input.limit, (record) => [record.run.id, record.recordNumber]);
  return { ...page, columns: await columnsOf(ctx, new Set(page.items.map((record) => record.run.id))) };
}

async function columnsOf(ctx: Context, runIds: Set<string>): Promise<Record<string, string[]>> {
  const { rows } = await ctx.database.pool.query<{ id: string; columns: string[] }>(
    "select id, coalesce(source_columns, '[]') as columns from waybill.runs where id = any($1)",
    [[...runIds]],
  );
  return Object.fromEntries(rows.map(({ id, columns }) => [id, columns]));
}
