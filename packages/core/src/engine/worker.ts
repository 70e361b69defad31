import { setTimeout as sleep } from "node:timers/promises";
import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
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

/** Begins to take runs from the queue, until it is stopped. Throws when the database cannot be reached. */
export async function startWorker(services: Services, self: WorkerProcess): Promise<Worker> {
  const stopping = new AbortController();
  const executing = new Set<RunJob>();
  const beat = await startBeat(services, self);
  const rescue = startRescue(services, {
    ready: beat.steady,
    executing: () => [...executing].map((job) => job.runId),
  });
  const taking = await services.queue.work(limits.workerSlots, async (job, signal) => {
    executing.add(job);
    try {
      await executeRun(services, job.runId, AbortSignal.any([signal, stopping.signal]), job);
    } finally {
      executing.delete(job);
    }
  });
  async function stop(): Promise<void> {
    stopping.abort(new Error("The worker is stopping."));
    await Promise.race([taking.stop(), sleep(services.workerTimes.giveBackSeconds * 1_000, undefined, { ref: false })]);
    await Promise.all([...executing].map((job) => giveBackUnfinished(services, job)));
    await rescue.stop();
    await beat.stop();
  }
  let stopped: Promise<void> | undefined;
  return {
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** A batch that goes on beside this cannot be committed once another worker has taken the run. */
async function giveBackUnfinished(services: Services, { id: jobId, runId }: RunJob): Promise<void> {
  await giveBack(services, runId, null, { jobId }).catch((error: unknown) => {
    services.log.error(
      { err: error, run: runId, attempt: null },
      "A run could not be given back; others take it over.",
    );
  });
}
