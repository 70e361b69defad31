import { z } from "zod";
import type { Context } from "../context.ts";
import { type Column, datasetSchema, quoteName, quoteTable } from "../destination/column.ts";
import { WaybillError } from "../errors.ts";
import { isoTimestamp } from "../iso-timestamp.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";

/** A dataset with its columns and the number of its rows. */
export interface Dataset {
  name: string;
  rows: number;
  columns: Column[];
}

/** Every dataset that has been loaded, by name. */
export async function listDatasets(ctx: Context): Promise<Page<Dataset>> {
  const { rows: tables } = await ctx.database.pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = $1 order by 1",
    [datasetSchema],
  );
  const items: Dataset[] = [];
  for (const { name } of tables)
    items.push({ name, rows: await countRows(ctx, name), columns: await columnsOf(ctx, name) });
  return { items, next: null };
}

export const listRowsInput = z.strictObject({ ...pageInput, dataset: z.string().max(63) });

/** The rows of a dataset as text, in the order in which they are stored. Throws `dataset_unknown`. */
export async function listRows(
  ctx: Context,
  input: z.output<typeof listRowsInput>,
): Promise<Page<Record<string, string | null>> & { columns: Column[] }> {
  const columns = await columnsOf(ctx, input.dataset);
  if (columns.length === 0) {
    throw new WaybillError(
      "dataset_unknown",
      `There is no dataset ${JSON.stringify(input.dataset)}. List the datasets to see which there are.`,
    );
  }
  const after = readCursor(input.cursor, z.tuple([z.string().regex(/^\(\d+,\d+\)$/)]));
  const texts = columns.map(({ name, type }) => `${textOf(name, type)} as ${quoteName(name)}`).join(", ");
  const table = quoteTable({ schema: datasetSchema, table: input.dataset });
  const { rows } = await ctx.database.pool.query<Record<string, string | null> & { waybill_position: string }>(
    `select ctid::text as waybill_position, ${texts} from ${table}
     where $1::tid is null or ctid > $1::tid order by ctid limit $2`,
    [after?.[0] ?? null, input.limit + 1],
  );
  const page = toPage(rows, input.limit, (row) => [row.waybill_position]);
  const items = page.items.map(({ waybill_position: _, ...row }) => row);
  return { items, next: page.next, columns };
}

function textOf(name: string, type: string): string {
  const column = quoteName(name);
  if (type.startsWith("timestamp")) return isoTimestamp(column);
  return `${column}::text`;
}

async function countRows(ctx: Context, dataset: string): Promise<number> {
  const table = quoteTable({ schema: datasetSchema, table: dataset });
  const { rows } = await ctx.database.pool.query<{ count: number }>(`select count(*)::float8 as count from ${table}`);
  return rows[0]?.count ?? 0;
}

async function columnsOf(ctx: Context, dataset: string): Promise<Column[]> {
  const { rows } = await ctx.database.pool.query<Column>(
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = $1 and table_name = $2 order by ordinal_position`,
    [datasetSchema, dataset],
  );
  return rows;
}
