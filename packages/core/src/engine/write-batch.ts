import type { PoolClient } from "pg";
import { checkAgainstDatabase } from "../destination/check-against-database.ts";
import { loadBatch } from "../destination/load-batch.ts";
import type { CheckedRun } from "./check-run.ts";
import type { CheckedBatch, Rejection } from "./checked-batches.ts";
import type { BatchResult } from "./record-batch.ts";

/** Writes what is accepted of a batch to the destination; what the database turns away joins the rejected. */
export async function writeBatch(client: PoolClient, run: CheckedRun, batch: CheckedBatch): Promise<BatchResult> {
  const issues = await checkAgainstDatabase(client, run.id, run.definition, batch.accepted);
  const sourceOf = new Map(batch.accepted.map((record, at) => [record, batch.sources[at] ?? []]));
  const fitting = batch.accepted.filter((_, at) => !issues.has(at));
  const loaded = await loadBatch(client, run.table, fitting);

  const rejected: Rejection[] = [...batch.rejected];
  for (const [at, found] of issues) {
    const record = batch.accepted[at];
    if (record) rejected.push({ ...place(record), values: batch.sources[at] ?? [], issues: found });
  }
  for (const { record, issue } of loaded.refused) {
    rejected.push({ ...place(record), values: sourceOf.get(record) ?? [], issues: [issue] });
  }
  return {
    read: batch.read,
    skipped: batch.skipped,
    bytes: batch.bytes,
    inserted: loaded.inserted,
    updated: loaded.updated,
    unchanged: loaded.unchanged,
    rejected,
  };
}

function place({ recordNumber, line }: { recordNumber: number; line: number }) {
  return { recordNumber, line };
}
