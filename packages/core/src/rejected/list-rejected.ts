import { z } from "zod";
import type { Context, Services } from "../context.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import type { RecordIssue } from "../record/issue-code.ts";
import { findRunId, getRunInput } from "../run/read-run.ts";
import { checkRejectedKept } from "./check-kept.ts";

/** A record that was turned away, whole: its values in the order of the source's columns. */
export interface RejectedRecord {
  id: string;
  recordNumber: number;
  line: number;
  values: string[];
  issues: RecordIssue[];
}

export const listRejectedInput = z.strictObject({
  ...pageInput,
  run: getRunInput.shape.run,
  code: z.string().max(100).optional(),
  field: z.string().max(100).optional(),
});

/**
 * The rejected records of a run in the order of the source, with the source's columns.
 * Throws `run_unknown`, or `rejected_purged` once they are gone.
 */
export async function listRejected(
  ctx: Context,
  input: z.output<typeof listRejectedInput>,
): Promise<Page<RejectedRecord> & { header: string[] }> {
  const runId = await findRunId(ctx, input.run);
  await checkRejectedKept(ctx, runId);
  const after = readCursor(input.cursor, z.tuple([z.number()]));
  const wanted = input.code === undefined && input.field === undefined ? null : issuePattern(input.code, input.field);
  const { rows } = await ctx.database.pool.query<RejectedRecord>(
    `select id, record_number::float8 as "recordNumber", line::float8 as line, values, issues
     from waybill.rejected_records
     where run_id = $1 and record_number > $2 and ($3::jsonb is null or issues @> $3) order by record_number limit $4`,
    [runId, after?.[0] ?? 0, wanted, input.limit + 1],
  );
  return { ...toPage(rows, input.limit, (record) => [record.recordNumber]), header: await sourceColumns(ctx, runId) };
}

/** The columns of a run's source as they stood in its header; empty until the source was opened. */
export async function sourceColumns(services: Services, runId: string): Promise<string[]> {
  const { rows } = await services.database.pool.query<{ source_columns: string[] | null }>(
    "select source_columns from waybill.runs where id = $1",
    [runId],
  );
  return rows[0]?.source_columns ?? [];
}

function issuePattern(code: string | undefined, field: string | undefined): string {
  const pattern = { ...(code !== undefined && { code }), ...(field !== undefined && { field: field || null }) };
  return JSON.stringify([pattern]);
}
