import { z } from "zod";
import type { Context } from "../context.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import { findRuns } from "./find-runs.ts";
import { toRunListItem } from "./run-row.ts";
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
  const rows = await findRuns(ctx, {
    status: [...new Set(input.status)],
    integration: input.integration ?? null,
    search: input.search ?? "",
    after,
    count: input.limit + 1,
  });
  return toPage(rows.map(toRunListItem), input.limit, (run) => [run.createdAt, run.id]);
}
