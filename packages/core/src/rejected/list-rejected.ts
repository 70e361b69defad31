import { z } from "zod";
import type { Context } from "../context.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import type { RecordIssue } from "../record/issue-code.ts";
import { findRunId, getRunInput } from "../run/read-run.ts";
import { checkRejectedKept } from "./check-kept.ts";
import { issuePattern } from "./record-filter.ts";
import { sourceColumns } from "./source-columns.ts";

/** A record as a run turned it away, whole: its values in the order of the source's columns. */
export interface RejectedRecord {
  id: string;
  recordNumber: number;
  line: number;
  values: string[];
  issues: RecordIssue[];
  /** The record's revision where it still reads so, 0 where somebody has edited it since. */
  revision: number;
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
  const wanted = input.code === undefined && input.field === undefined ? null : issuePattern(input);
  const { rows } = await ctx.database.pool.query<RejectedRecord>(
    `select id, record_number::float8 as "recordNumber", line::float8 as line, values, issues, revision
     from (${await rejectedBy(ctx, runId)}) rejected
     where record_number > $2 and ($3::jsonb is null or issues @> $3) order by record_number limit $4`,
    [runId, after?.[0] ?? 0, wanted, input.limit + 1],
  );
  return { ...toPage(rows, input.limit, (record) => [record.recordNumber]), header: await sourceColumns(ctx, runId) };
}

/** SQL for what the run $1 turned away, as it then was. A resubmission tells what became of records that are kept already. */
async function rejectedBy(ctx: Context, runId: string): Promise<string> {
  const { rows } = await ctx.database.pool.query<{ resubmission: boolean }>(
    "select trigger = 'resubmit' as resubmission from waybill.runs where id = $1",
    [runId],
  );
  return rows[0]?.resubmission ? rejectedAgain : rejectedFirst;
}

const rejectedFirst = `select id, record_number, line, values, coalesce(first_issues, issues) as issues,
    case when corrected is null then revision else 0 end as revision
  from waybill.rejected_records where run_id = $1`;
const rejectedAgain = `select r.id, s.record_number, r.line, s.values, s.issues,
    case when coalesce(r.corrected, r.values) = s.values then r.revision else 0 end as revision
  from waybill.resubmitted_records s join waybill.rejected_records r on r.id = s.record_id
  where s.run_id = $1 and s.issues is not null`;
