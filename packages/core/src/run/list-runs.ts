import { z } from "zod";
import type { Context } from "../context.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import { type RunListRow, runListColumns, toRunListItem } from "./run-row.ts";
import type { RunListItem } from "./run-summary.ts";
import { runStatuses } from "./status.ts";

export const listRunsInput = z.strictObject({
  ...pageInput,
  status: z.array(z.enum(runStatuses)).optional(),
  integration: z.string().max(100).optional(),
  search: z.string().max(200).optional(),
});

/** Runs, newest first; `search` is looked for in their names. */
export async function listRuns(ctx: Context, input: z.output<typeof listRunsInput>): Promise<Page<RunListItem>> {
  const after = readCursor(input.cursor, z.tuple([z.iso.datetime(), z.uuid()]));
  const { rows } = await ctx.database.pool.query<RunListRow>(
    `select ${runListColumns}
     from waybill.runs r join waybill.integrations i on i.id = r.integration_id
     where ($1::text[] is null or r.status = any($1))
       and ($2::text is null or i.key = $2)
       and ($3::text is null or strpos(lower(r.name), lower($3)) > 0)
       and ($4::timestamptz is null or (r.created_at, r.id) < ($4, $5::uuid))
     order by r.created_at desc, r.id desc limit $6`,
    [
      input.status?.length ? input.status : null,
      input.integration ?? null,
      input.search || null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      input.limit + 1,
    ],
  );
  return toPage(rows.map(toRunListItem), input.limit, (run) => [run.createdAt, run.id]);
}
