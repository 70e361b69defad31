import { stringify } from "csv-stringify/sync";
import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { findRunId } from "../run/read-run.ts";
import { checkRejectedKept } from "./check-kept.ts";
import { type Layout, layOut, toCorrectableRow, toErrorsRow } from "./errors-csv.ts";
import { listRecords } from "./list-records.ts";
import { listRejected } from "./list-rejected.ts";
import { noRecords } from "./record-errors.ts";
import { conditionsOf, fitting, type RecordFilter } from "./record-filter.ts";

/**
 * What a run turned away, as it then was, as CSV text, a page at a time: the source's columns, then where and why. Sent
 * back as it is it has the same records rejected again. Throws `run_unknown`, or `rejected_purged` once they are gone.
 */
export async function* writeErrorsCsv(ctx: Context, run: string): AsyncGenerator<string> {
  const runId = await findRunId(ctx, run);
  await checkRejectedKept(ctx, runId);
  const { definition, columns } = await shapeOf(ctx, runId);
  const layout = layOut(columns, definition);
  yield* write(layout, definition.source, async (cursor) => {
    const { items, next } = await listRejected(ctx, { run: runId, limit: limits.exportPageRecords, cursor });
    return { rows: items.map((record) => toErrorsRow(record, layout)), next };
  });
}

/**
 * Rejected records as they stand now, in the same form: what comes back corrected is taken by `importCorrections`.
 * Throws `run_unknown`, `records_none`, or `input_invalid` when they do not all have the same columns.
 */
export async function exportRecords(ctx: Context, filter: RecordFilter): Promise<AsyncGenerator<string>> {
  const { definition, columns } = await shapeOf(ctx, await findOnlyShape(ctx, filter));
  const layout = layOut(columns, definition);
  return write(layout, definition.source, async (cursor) => {
    const { items, next } = await listRecords(ctx, { filter, limit: limits.exportPageRecords, cursor, offset: 0 });
    return { rows: items.map((record) => toCorrectableRow(record, layout)), next };
  });
}

type ReadPage = (cursor: string | null) => Promise<{ rows: string[][]; next: string | null }>;

async function* write(
  { header }: Layout,
  { delimiter }: Definition["source"],
  readPage: ReadPage,
): AsyncGenerator<string> {
  const toText = (rows: string[][]) => stringify(rows, { delimiter, quoted_match: /[\r\n]/ });
  yield toText([header]);
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ReadPage>> = await readPage(cursor);
    if (page.rows.length > 0) yield toText(page.rows);
    cursor = page.next;
  } while (cursor !== null);
}

/** The id of one of the runs that the records come from. */
async function findOnlyShape(ctx: Context, filter: RecordFilter): Promise<string> {
  const conditions = await conditionsOf(ctx, filter);
  const { rows } = await ctx.database.pool.query<{ runId: string }>({
    text: `select max(found.run_id::text) as "runId"
       from (select distinct r.run_id from ${fitting(conditions)}) found join waybill.runs o on o.id = found.run_id
       group by o.integration_id, o.source_columns limit 2`,
    values: conditions.values,
  });
  if (!rows[0]) throw noRecords("rejected");
  if (rows.length > 1) {
    const message =
      "The records do not all have the same columns, so they cannot stand in one file. Narrow the filter to one integration or run.";
    throw new WaybillError("input_invalid", message);
  }
  return rows[0].runId;
}

async function shapeOf(ctx: Context, runId: string): Promise<{ definition: Definition; columns: string[] }> {
  const { rows } = await ctx.database.pool.query<{ definition: Definition; columns: string[] }>(
    `select v.definition, coalesce(r.source_columns, '[]') as columns from waybill.runs r
     join waybill.integration_versions v on v.integration_id = r.integration_id and v.version = r.version
     where r.id = $1`,
    [runId],
  );
  if (!rows[0]) throw new Error("The run has no version of its integration.");
  return rows[0];
}
