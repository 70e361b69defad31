import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Services } from "../context.ts";
import type { Rejection } from "../reader/checked-batch.ts";
import { storable } from "../rejected/storable.ts";
import { runChanges } from "../run/run-changes.ts";
import { proveAttempt } from "./fence.ts";
import { AttemptLost, type RunTask } from "./run-task.ts";

/** What became of the records of one batch. */
export interface BatchResult {
  read: number;
  /** The numbers of the records that were passed over. */
  skipped: number[];
  inserted: number;
  updated: number;
  unchanged: number;
  rejected: Rejection[];
  bytes: number;
}

/** How a batch is recorded. */
export interface Recording {
  /** Whether its records are kept with it; then what the world did before no longer counts against the run. */
  kept: boolean;
  /** All rejected records are counted; of each batch the first ones, so many, are kept whole. */
  rejectedKeptMax: number;
}

/**
 * Proves the attempt as `proveAttempt` does, and keeps the counts of a batch, its checkpoint and its rejected records; the
 * last thing before the commit.
 */
export async function recordBatch(
  client: PoolClient,
  task: RunTask,
  batch: BatchResult,
  { kept, rejectedKeptMax }: Recording,
): Promise<void> {
  const rejected = batch.rejected.toSorted((one, other) => one.recordNumber - other.recordNumber);
  const keptWhole = task.resubmission ? [] : rejected.slice(0, rejectedKeptMax);
  const { rowCount } = await client.query(
    `with recorded as (
       update waybill.runs set read_count = read_count + $2, skipped_count = skipped_count + $3,
         inserted_count = inserted_count + $4, updated_count = updated_count + $5,
         unchanged_count = unchanged_count + $6, rejected_count = rejected_count + $7, loaded_bytes = $8,
         open_count = open_count + $11,
         kept = kept or $9, world_faults = case when $9 then 0 else world_faults end
       where id = $1 and attempt = $10 and status = 'in_progress' and cancel_requested_by is null
       returning id
     )
     select pg_notify('${runChanges}', id::text) from recorded`,
    [
      task.id,
      batch.read,
      batch.skipped.length,
      batch.inserted,
      batch.updated,
      batch.unchanged,
      batch.rejected.length,
      batch.bytes,
      kept,
      task.attempt,
      keptWhole.length,
    ],
  );
  if (rowCount === 0) {
    await proveAttempt(client, task);
    throw new AttemptLost();
  }
  if (task.resubmission && batch.skipped.length > 0) await noteSkipped(client, task.id, batch.skipped);
  if (rejected.length === 0) return;
  if (task.resubmission) await noteRejectedAgain(client, task.id, rejected);
  else await keepRejected(client, task.id, keptWhole);
  await countIssues(client, task.id, rejected);
}

/** Tells of a batch that was begun at this time and is written and recorded. */
export function tellOfBatch(services: Services, task: RunTask, batch: BatchResult, begun: Date): void {
  const { read, skipped, inserted, updated, unchanged, rejected } = batch;
  services.telemetry.emit("batchWritten", {
    integration: task.definition.key,
    seconds: Math.max(0, services.clock.now().getTime() - begun.getTime()) / 1_000,
    read,
    accepted: inserted + updated + unchanged,
    skipped: skipped.length,
    rejected: rejected.length,
  });
}

async function keepRejected(client: PoolClient, runId: string, rejected: Rejection[]): Promise<void> {
  await client.query(
    `insert into waybill.rejected_records (id, run_id, record_number, line, values, issues, state)
     select id, $1, record_number, line, "values", issues, 'open'
     from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::jsonb[], $6::jsonb[])
       as given (id, record_number, line, "values", issues)`,
    [
      runId,
      rejected.map(() => uuidv7()),
      rejected.map((record) => record.recordNumber),
      rejected.map((record) => record.line),
      rejected.map((record) => storable(record.values)),
      rejected.map((record) => storable(record.issues)),
    ],
  );
}

/** What a resubmission rejects is kept already. */
async function noteRejectedAgain(client: PoolClient, runId: string, rejected: Rejection[]): Promise<void> {
  const { rowCount } = await client.query(
    `update waybill.resubmitted_records s set issues = given.issues, values = given.values
     from unnest($2::bigint[], $3::jsonb[], $4::jsonb[]) as given (record_number, issues, values)
     where s.run_id = $1 and s.record_number = given.record_number`,
    [
      runId,
      rejected.map((record) => record.recordNumber),
      rejected.map((record) => storable(record.issues)),
      rejected.map((record) => storable(record.values)),
    ],
  );
  if (rowCount !== rejected.length) throw new Error("A record was rejected that the resubmission does not send.");
}

async function noteSkipped(client: PoolClient, runId: string, skipped: number[]): Promise<void> {
  await client.query(
    "update waybill.resubmitted_records set skipped = true where run_id = $1 and record_number = any($2::bigint[])",
    [runId, skipped],
  );
}

async function countIssues(client: PoolClient, runId: string, rejected: Rejection[]): Promise<void> {
  const counts = new Map<string, { code: string; field: string; count: number }>();
  for (const { code, field } of rejected.flatMap((record) => record.issues)) {
    const key = `${code} ${field ?? ""}`;
    const known = counts.get(key) ?? { code, field: field ?? "", count: 0 };
    counts.set(key, { ...known, count: known.count + 1 });
  }
  const all = [...counts.values()];
  await client.query(
    `insert into waybill.run_issue_counts as known (run_id, code, field, count)
     select $1, code, field, count from unnest($2::text[], $3::text[], $4::bigint[]) as given (code, field, count)
     on conflict (run_id, code, field) do update set count = known.count + excluded.count`,
    [runId, all.map((one) => one.code), all.map((one) => one.field), all.map((one) => one.count)],
  );
}
