import { z } from "zod";
import type { Context } from "../context.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import { findRuns } from "./find-runs.ts";
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
  const ids = await findRuns(ctx, {
    status: [...new Set(input.status)],
    integration: input.integration ?? null,
    search: input.search ?? "",
    after,
    count: input.limit + 1,
  });
  const { rows } = await ctx.database.pool.query<RunListRow>(
    `select ${runListColumns}
     from waybill.runs r join waybill.integrations i on i.id = r.integration_id
     where r.id = any($1::uuid[]) order by r.created_at desc, r.id desc`,
    [ids],
  );
  return toPage(rows.map(toRunListItem), input.limit, (run) => [run.createdAt, run.id]);
}
