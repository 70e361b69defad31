import { setTimeout as sleep } from "node:timers/promises";
import { startWorkingOff } from "../bulk-edit/start-working-off.ts";
import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
import { startNotifying } from "../notification/start-notifying.ts";
import { startFiring } from "../schedule/start-firing.ts";
import { advanceAfter, startAdvancing } from "../set/start-advancing.ts";
import { type Stops, stopAll, stopAllOrThrow } from "../stop-all.ts";
import { startBeat, type WorkerProcess } from "../worker/beat.ts";
import { startRescue } from "../worker/rescue.ts";
import { executeRun } from "./execute-run.ts";
import { giveBack } from "./give-back.ts";
import type { RunJob } from "./run-queue.ts";

/** Takes runs from the queue, shows that it lives, and takes over from others that do not. */
export interface Worker {
  /** Lets each run finish a batch that is short, gives it back, and takes the worker off the list. May be called twice. */
  stop(): Promise<void>;
}

/** Begins to take runs from the queue, until it is stopped. Throws, and stays on no list, when the database fails it. */
export async function startWorker(services: Services, self: WorkerProcess): Promise<Worker> {
  const stops: Stops = [];
  try {
    await start(services, self, stops);
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
  let stopped: Promise<void> | undefined;
  return {
    stop() {
      stopped ??= stopAllOrThrow(stops);
      return stopped;
    },
  };
}

async function start(services: Services, self: WorkerProcess, stops: Stops): Promise<void> {
  const stopping = new AbortController();
  const executing = new Set<RunJob>();
  const beat = await startBeat(services, self);
  stops.push(() => beat.stop());
  const rescue = startRescue(services, {
    ready: () => beat.steady(),
    executing: () => [...executing].map((job) => job.runId),
  });
  stops.push(() => rescue.stop());
  const workingOff = startWorkingOff(services);
  stops.push(() => workingOff.stop());
  const advancing = startAdvancing(services);
  stops.push(() => advancing.stop());
  const firing = startFiring(services);
  stops.push(() => firing.stop());
  const notifying = startNotifying(services);
  stops.push(() => notifying.stop());
  stops.push(() => giveBackUnfinished(services, executing));
  const taking = await services.queue.work(limits.workerSlots, async (job, signal) => {
    executing.add(job);
    try {
      await executeRun(services, job.runId, AbortSignal.any([signal, stopping.signal]), job);
      await advanceAfter(services, job.runId).catch(leaveToPoll(services, job.runId));
    } finally {
      executing.delete(job);
    }
  });
  stops.push(async () => {
    stopping.abort(new Error("The worker is stopping."));
    await Promise.race([taking.stop(), sleep(services.workerTimes.giveBackSeconds * 1_000, undefined, { ref: false })]);
  });
}

/** The run is over all the same, and its set run is looked for again soon. */
function leaveToPoll({ log }: Services, run: string): (error: unknown) => void {
  return (error) => log.error({ err: error, run }, "The set run of a run could not be moved on; it is tried again.");
}

/**
 * A batch that goes on beside this cannot be committed once another worker has taken its run. A run that somebody else
 * holds, as a commit that waits does, is left to the others, who find it with a worker that is on no list.
 */
async function giveBackUnfinished(services: Services, executing: Set<RunJob>): Promise<void> {
  const signal = AbortSignal.timeout(limits.lettingGoMilliseconds);
  const given = [...executing].map(async ({ id: jobId, runId }) => {
    await giveBack(services, runId, null, { jobId }, signal).catch((error: unknown) => {
      const fields = { err: error, run: runId, attempt: null };
      services.log.error(fields, "A run could not be given back; another worker takes it over.");
    });
  });
  await Promise.all(given);
}
