import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { requeueRun } from "./requeue-run.ts";
import type { RunJob } from "./run-queue.ts";
import { runsAtOnce } from "./runs-at-once.ts";

/** Whether a run may be taken: yes; not before others of its integration; or not by this job or this worker. */
export type RunTurn = "taken" | "waits" | "not_ours";

/** Takes the run's turn among those of its integration, and holds the run, until the transaction ends. */
export async function takeRunTurn(
  services: Services,
  client: PoolClient,
  runId: string,
  job: RunJob | null,
): Promise<RunTurn> {
  const candidate = await lockCandidate(services, client, runId, job);
  if (!candidate) return "not_ours";
  return (await mustWait(client, candidate)) ? "waits" : "taken";
}

/** Puts a run whose turn it is not on the queue again. */
export async function waitForTurn(
  services: Services,
  client: PoolClient,
  runId: string,
  job: RunJob | null,
): Promise<void> {
  const waits = (job?.waits ?? 0) + 1;
  await requeueRun(services, client, runId, { waits, startAfterSeconds: waitSeconds(waits) });
}

interface Candidate {
  id: string;
  integrationId: string;
  begun: boolean;
  runsAtOnce: number;
}

/** Holds the run, and with it the turn to take one of its integration, until the transaction ends. */
async function lockCandidate(
  { workerId }: Services,
  client: PoolClient,
  runId: string,
  job: RunJob | null,
): Promise<Candidate | undefined> {
  const find = async (lock: string) => {
    const { rows } = await client.query<Candidate>(
      `select r.id, r.integration_id as "integrationId", r.phase <> 'queued' as begun,
         ${runsAtOnce} as "runsAtOnce"
       from waybill.runs r
       where r.id = $1 and r.status = 'in_progress' and ($2::uuid is null or r.job_id is null or r.job_id = $2)
         and (r.held_by is null or r.held_by = $3) ${lock}`,
      [runId, job?.id ?? null, workerId],
    );
    return rows[0];
  };
  // A run that is not to be taken may be locked for long by whoever has it, so it is looked at before it is locked.
  const seen = await find("");
  if (!seen) return undefined;
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`runs:${seen.integrationId}`]);
  return await find("for update of r");
}

/**
 * Whether as many runs of the integration are under way as may be. The queue holds most of them back, but lets two
 * through that are taken in the same moment. One that was begun and waits to be tried again is under way too, or
 * another would load between its halves; of two such, neither waits for the other.
 */
async function mustWait(client: PoolClient, run: Candidate): Promise<boolean> {
  const { rows } = await client.query<{ full: boolean }>(
    `select count(*) >= $3 as full from waybill.runs
     where integration_id = $1 and status = 'in_progress' and id <> $2
       and (held_by is not null or (not $4 and phase <> 'queued'))`,
    [run.integrationId, run.id, run.runsAtOnce, run.begun],
  );
  return rows[0]?.full ?? false;
}

const waitSecondsMax = 8;

/** The first time none, since the queue itself waits for a run that goes; then 1, 2, 4, 8, 8 seconds. */
function waitSeconds(waits: number): number {
  return waits === 1 ? 0 : Math.min(waitSecondsMax, 2 ** (waits - 2));
}
