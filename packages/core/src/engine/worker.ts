import type { Services } from "../context.ts";
import { executeRun } from "./execute-run.ts";

/** How many runs one process executes beside each other. */
const runsAtOnce = 4;

/** Takes runs from the queue. `stop` lets each finish its batch and hands it back. */
export interface Worker {
  stop(): void;
}

/** Begins to take runs from the queue, until it is stopped or the queue is. */
export async function startWorker(services: Services): Promise<Worker> {
  const stopping = new AbortController();
  await services.queue.work(runsAtOnce, async (runId, signal) => {
    try {
      await executeRun(services, runId, AbortSignal.any([signal, stopping.signal]));
    } catch (error) {
      services.log.error({ err: error, run: runId }, "A run was interrupted and goes back to the queue.");
      throw error;
    }
  });
  return { stop: () => stopping.abort(new Error("The worker is stopping.")) };
}
