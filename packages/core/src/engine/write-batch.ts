import type { PoolClient } from "pg";
import type { BatchLoader } from "../destination/batch-loader.ts";
import { checkAgainstDatabase } from "../destination/check-against-database.ts";
import { CopyLines } from "../destination/copy-lines.ts";
import type { CheckedBatch } from "../reader/checked-batch.ts";
import type { CheckedRun } from "./check-run.ts";
import type { BatchResult } from "./record-batch.ts";

/** Writes what is accepted of a batch to the destination; what the database turns away joins the rejected. */
export async function writeBatch(
  client: PoolClient,
  run: CheckedRun,
  loader: BatchLoader,
  batch: CheckedBatch,
): Promise<BatchResult> {
  const { read, skipped, bytes, accepted } = batch;
  const issues = await checkAgainstDatabase(client, run.id, run.definition, accepted);
  const loaded = await loader.load(client, CopyLines.of(accepted).without(issues));
  for (const [ordinal, issue] of loaded.refused) issues.set(ordinal, [issue]);
  const sources = await run.reader.sourcesOf(batch, [...issues.keys()]);
  const turnedAway = [...issues.values()].flatMap((found, index) => {
    const source = sources[index];
    return source ? [{ ...source, issues: found }] : [];
  });
  const { inserted, updated, unchanged } = loaded;
  return { read, skipped, bytes, inserted, updated, unchanged, rejected: [...batch.rejected, ...turnedAway] };
}
