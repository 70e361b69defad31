import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { writeRunLog } from "../run/run-log.ts";
import type { RunNote } from "../run/run-summary.ts";
import type { RunPhase } from "../run/status.ts";
import { hopeless } from "./hopeless.ts";
import { requeueRun } from "./requeue-run.ts";
import type { RunJob } from "./run-queue.ts";

/** What became of taking a run. */
export type Claim =
  | { kind: "taken"; run: ClaimedRun }
  /** There is nothing to do: it is over, another job or worker has it, or it waits for others of its integration. */
  | { kind: "not_taken" }
  /** All that is to be loaded is in; only the end is missing. */
  | { kind: "loaded"; run: ClaimedRun }
  | { kind: "hopeless"; run: ClaimedRun; failure: RunNote };

/** A run as it stands under a new attempt. */
export interface ClaimedRun {
  id: string;
  attempt: number;
  phase: RunPhase;
  test: boolean;
  definition: Definition;
  parameters: Record<string, unknown>;
  secrets: Record<string, string>;
  sourceFileId: string;
  recordsDone: number;
  rejectedDone: number;
  deaths: number;
  worldFaults: number;
}

/**
 * Takes a run under a new attempt, which shuts out every worker that held it before. `job` is what brought the run;
 * null is a claim without one. A job that is not the run's own any more brings nothing, nor does a run that another
 * worker holds: whoever rescues it makes a new job.
 */
export async function claimRun(services: Services, runId: string, job: RunJob | null = null): Promise<Claim> {
  const run = await transaction(services.database, async (client) => {
    const candidate = await lockCandidate(services, client, runId, job);
    if (!candidate) return undefined;
    if (!(await mustWait(client, candidate))) return await takeAttempt(services, client, runId);
    const waits = (job?.waits ?? 0) + 1;
    await requeueRun(services, client, runId, { waits, startAfterSeconds: waitSeconds(waits) });
    return undefined;
  });
  if (!run) return { kind: "not_taken" };
  if (run.phase === "finishing") return { kind: "loaded", run };
  const failure = hopeless(run, null);
  return failure ? { kind: "hopeless", run, failure } : { kind: "taken", run };
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
         coalesce((v.definition ->> 'runsAtOnce')::int, 1) as "runsAtOnce"
       from waybill.runs r
       join waybill.integration_versions v on v.integration_id = r.integration_id and v.version = r.version
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

/** A hold that this worker left behind came of a fault of the world, since the worker lives. */
async function takeAttempt(services: Services, client: PoolClient, runId: string): Promise<ClaimedRun | undefined> {
  const { rows } = await client.query<ClaimedRun>(
    `update waybill.runs r set attempt = attempt + 1, started_at = coalesce(started_at, $2), held_by = $3,
       world_faults = world_faults + (held_by is not null)::int
     from waybill.integration_versions v
     where r.id = $1 and v.integration_id = r.integration_id and v.version = r.version
     returning r.id, r.attempt, r.phase, r.test, v.definition, r.parameters, r.secrets, r.deaths,
       r.source_file_id as "sourceFileId", r.world_faults as "worldFaults",
       r.read_count::float8 as "recordsDone", r.rejected_count::float8 as "rejectedDone"`,
    [runId, services.clock.now(), services.workerId],
  );
  const [run] = rows;
  if (run && run.attempt > 1) {
    const message = `Attempt ${run.attempt} goes on after record ${run.recordsDone}.`;
    await writeRunLog(client, services.clock, runId, "info", "attempt_started", message);
  }
  return run;
}
