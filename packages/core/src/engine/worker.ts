import type { Services } from "../context.ts";
import { executeRun } from "./execute-run.ts";

/** How many runs one process executes beside each other. */
const runsAtOnce = 4;

/** Begins to take runs from the queue. It ends when the queue is stopped. */
export async function startWorker(services: Services): Promise<void> {
  await services.queue.work(runsAtOnce, async (runId, signal) => {
    try {
      await executeRun(services, runId, signal);
    } catch (error) {
      services.log.error({ err: error, run: runId }, "A run was interrupted and goes back to the queue.");
      throw error;
    }
  });
}
