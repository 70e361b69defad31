import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { endRunWithin } from "../engine/finish-run.ts";
import { hopeless } from "../engine/hopeless.ts";
import { requeueRun } from "../engine/requeue-run.ts";
import { announceRunChange } from "../run/run-changes.ts";
import { writeRunLog } from "../run/run-log.ts";

/**
 * A worker that is gone. One that took itself off the list stopped in order and could not give back its runs: it was not
 * lost on them, and its host and process are not known.
 */
export interface LostWorker {
  id: string;
  host: string | null;
  pid: number | null;
}

/**
 * Takes a run from a lost worker, which can write nothing for it from then on, and puts it on the queue again. One on
 * which too many workers died ends as Failed. Does nothing when the run is not that worker's, or somebody is at it.
 */
export async function rescueRun(services: Services, runId: string, worker: LostWorker): Promise<void> {
  const ended = await transaction(services.database, async (client) => {
    const run = await takeFrom(client, runId, worker);
    if (!run) return null;
    const failure = run.loaded ? null : hopeless(run, null);
    const event = worker.host === null ? "attempt_interrupted" : "worker_lost";
    const message = sayLost(worker, failure ? null : run.recordsDone);
    await writeRunLog(client, services.clock, runId, "warning", event, message);
    if (failure) {
      if (run.jobId) await services.queue.cancel(client, run.jobId);
      return await endRunWithin(services, client, run, { status: "failed", failure });
    }
    await requeueRun(services, client, runId);
    await announceRunChange(client, runId);
    return null;
  });
  if (ended) services.telemetry.emit("runEnded", ended);
}

interface RescuedRun {
  id: string;
  jobId: string | null;
  attempt: number;
  loaded: boolean;
  recordsDone: number;
  deaths: number;
  worldFaults: number;
}

async function takeFrom(client: PoolClient, runId: string, worker: LostWorker): Promise<RescuedRun | undefined> {
  const { rows } = await client.query<RescuedRun>(
    `with found as (
       select id from waybill.runs where id = $1 and held_by = $2 and status = 'in_progress' for update skip locked
     )
     update waybill.runs r set attempt = attempt + 1, deaths = deaths + $3, held_by = null
     from found where r.id = found.id
     returning r.id, r.job_id as "jobId", r.attempt, r.phase = 'finishing' as loaded, r.deaths,
       r.world_faults as "worldFaults", r.read_count::float8 as "recordsDone"`,
    [runId, worker.id, worker.host === null ? 0 : 1],
  );
  return rows[0];
}

/** `recordsDone` is null where the run does not go on. */
function sayLost({ host, pid }: LostWorker, recordsDone: number | null): string {
  const what =
    host === null ? "A worker stopped and held the run still" : `A worker was lost (${host}, process ${pid})`;
  return `${what}${recordsDone === null ? "" : `; the run goes on after record ${recordsDone}`}.`;
}
