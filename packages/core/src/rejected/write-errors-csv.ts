import { stringify } from "csv-stringify/sync";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
import { listRejected, type RejectedRecord } from "./list-rejected.ts";

/** The columns that `errors.csv` adds to those of the source. */
export const errorColumns = ["_line", "_codes", "_messages", "_waybill_id"] as const;

/** A run's rejected records as CSV text, a page at a time: the source's columns, then where and why. Throws `run_unknown`. */
export async function* writeErrorsCsv(ctx: Context, runId: string): AsyncGenerator<string> {
  let cursor: string | null = null;
  let first = true;
  do {
    const page: Awaited<ReturnType<typeof listRejected>> = await listRejected(ctx, {
      run: runId,
      limit: limits.pageItemsMax,
      cursor,
    });
    const rows = page.items.map((record) => toRow(record, page.header.length));
    yield stringify(first ? [[...page.header, ...errorColumns], ...rows] : rows);
    first = false;
    cursor = page.next;
  } while (cursor !== null);
}

function toRow({ id, line, values, issues }: RejectedRecord, columns: number): string[] {
  const cells = Array.from({ length: columns }, (_, index) => values[index] ?? "");
  const codes = issues.map((issue) => (issue.field ? `${issue.field}:${issue.code}` : issue.code)).join(" ");
  return [...cells, String(line), codes, issues.map((issue) => issue.message).join(" "), id];
}
