import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { requeueRun } from "./requeue-run.ts";
import type { RunJob } from "./run-queue.ts";
import { runsAtOnce } from "./runs-at-once.ts";

/**
 * Waits until no other claim of the run's integration is under way, and keeps others out until the transaction ends. Gives
 * whether the run may be taken; one that may not be is not waited for, since whoever has it may hold it for long.
 */
export async function takeTurn(
  { workerId }: Services,
  client: PoolClient,
  runId: string,
  job: RunJob | null,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `select pg_advisory_xact_lock(hashtextextended('runs:' || r.integration_id, 0)) from waybill.runs r
     where r.id = $1 and ${mayTake("$2", "$3")}`,
    [runId, job?.id ?? null, workerId],
  );
  return rowCount === 1;
}

/**
 * Puts a run that was not taken on the queue again, behind the others that it must wait for. Does nothing where that was
 * not the reason, since it may no longer be taken at all.
 */
export async function queueBehindOthers(
  services: Services,
  client: PoolClient,
  runId: string,
  job: RunJob | null,
): Promise<void> {
  const { rowCount } = await client.query(
    `select from waybill.runs r where r.id = $1 and ${mayTake("$2", "$3")} for update`,
    [runId, job?.id ?? null, services.workerId],
  );
  if (rowCount === 0) return;
  const waits = (job?.waits ?? 0) + 1;
  await requeueRun(services, client, runId, { waits, startAfterSeconds: waitSeconds(waits) });
}

/** SQL for whether a run `r` may be taken by this job, which is null where none brought it, and by this worker. */
export const mayTake = (jobId: string, workerId: string) => `(
  r.status = 'in_progress' and (${jobId}::uuid is null or r.job_id is null or r.job_id = ${jobId})
  and (r.held_by is null or r.held_by = ${workerId}))`;

/**
 * SQL for whether as many others of the integration of a run `r` are under way as may be beside it. The queue holds most of
 * them back, but lets two through that are taken in the same moment. One that was begun and waits to be tried again is
 * under way too, or another would load between its halves; of two such, neither waits for the other.
 */
export const mustWait = `(
  select count(*) >= ${runsAtOnce} from waybill.runs o
  where o.integration_id = r.integration_id and o.status = 'in_progress' and o.id <> r.id
    and (o.held_by is not null or (r.phase = 'queued' and o.phase <> 'queued')))`;

const waitSecondsMax = 8;

/** The first time none, since the queue itself waits for a run that goes; then 1, 2, 4, 8, 8 seconds. */
function waitSeconds(waits: number): number {
  return waits === 1 ? 0 : Math.min(waitSecondsMax, 2 ** (waits - 2));
}
