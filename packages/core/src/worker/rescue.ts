import { repeat } from "@waybill/db";
import type { Services } from "../context.ts";
import { giveBack } from "../engine/give-back.ts";
import { isLost } from "./lost-worker.ts";
import { requeueUnbegun } from "./requeue-unbegun.ts";
import { type LostWorker, rescueRun } from "./rescue-run.ts";
import { endSessions } from "./sessions.ts";

/** Looks for lost workers until it is stopped. */
export interface Rescue {
  /** Waits for the pass that goes on. May be called twice. */
  stop(): Promise<void>;
}

/** What a rescue needs of the worker that it belongs to. */
export interface RescueOptions {
  /** Whether this worker can be sure that it lives itself. */
  ready(): boolean;
  /** The ids of the runs that it executes. */
  executing(): string[];
}

/** Rescues every few seconds what workers left behind. */
export function startRescue(services: Services, { ready, executing }: RescueOptions): Rescue {
  const stopping = new AbortController();
  const rescuing = repeat(services.workerTimes.rescueSeconds, stopping.signal, async () => {
    if (!ready()) return;
    await rescueOnce(services, executing).catch((error: unknown) => {
      services.log.error({ err: error }, "Runs of lost workers could not be looked for.");
    });
  });
  return {
    stop() {
      stopping.abort();
      return rescuing;
    },
  };
}

/**
 * Puts the runs of lost workers on the queue again, those that this worker holds and does not execute, and those that
 * were taken from the queue by somebody who was lost before holding them. Several may do so at once. `executing` gives the ids of the runs that this worker executes.
 */
export async function rescueOnce(services: Services, executing: () => string[]): Promise<void> {
  for (const worker of await findLost(services)) await rescueRunsOf(services, worker);
  await letGoOfLeftovers(services, executing);
  for (const job of await services.queue.findStale(services.database.pool)) {
    await requeueUnbegun(services, job).catch(tryLater(services, job.runId));
  }
}

async function findLost({ database, workerId, workerTimes }: Services): Promise<LostWorker[]> {
  const { rows } = await database.pool.query<LostWorker>(
    `select w.id, w.host, w.pid from waybill.workers w where w.id <> $2 and ${isLost("$1")}
     union all
     select distinct r.held_by, null, null::int from waybill.runs r
     where r.held_by is not null and r.status = 'in_progress' and r.held_by <> $2
       and not exists (select from waybill.workers w where w.id = r.held_by)`,
    [workerTimes.leaseSeconds, workerId],
  );
  return rows;
}

/** A worker that is only frozen may hold locks, on a run or a destination; with its sessions they go. */
async function rescueRunsOf(services: Services, worker: LostWorker): Promise<void> {
  const { pool } = services.database;
  await endSessions(services, worker.id);
  const { rows } = await pool.query<{ id: string }>(
    "select id from waybill.runs where held_by = $1 and status = 'in_progress'",
    [worker.id],
  );
  for (const { id } of rows) await rescueRun(services, id, worker).catch(tryLater(services, id));
  await pool.query(
    `delete from waybill.workers w where w.id = $2 and ${isLost("$1")}
       and not exists (select from waybill.runs r where r.held_by = w.id and r.status = 'in_progress')`,
    [services.workerTimes.leaseSeconds, worker.id],
  );
}

/** Where the database was gone when a run was to be given back, the run still stands under this worker's name. */
async function letGoOfLeftovers(services: Services, executing: () => string[]): Promise<void> {
  const { rows } = await services.database.pool.query<{ id: string; attempt: number }>(
    "select id, attempt from waybill.runs where held_by = $1 and status = 'in_progress'",
    [services.workerId],
  );
  const executed = new Set(executing());
  for (const { id, attempt } of rows) {
    if (executed.has(id)) continue;
    await giveBack(services, id, new Error("The connection was lost."), { attempt }).catch(tryLater(services, id));
  }
}

/** One run that cannot be taken over does not keep the others waiting. */
function tryLater({ log }: Services, run: string): (error: unknown) => void {
  return (error) => {
    log.error({ err: error, run, attempt: null }, "A run without a worker could not be taken over; it is tried again.");
  };
}
