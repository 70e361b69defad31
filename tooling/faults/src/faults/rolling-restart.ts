import { type Fault, nothingToHeal } from "./fault.ts";

/** Restarts each worker in turn, as an update does. */
export const rollingRestart: Fault = {
  name: "rolling-restart",
  says: "SIGTERM to each worker in turn under load: each ends by itself within 30 s with exit code 0",
  weight: 1,
  async inject(world) {
    for (const worker of world.parts.workers) {
      await world.stop(worker.process);
      await world.startWorker(worker);
    }
    return { did: "restarted every worker in turn", heal: nothingToHeal };
  },
};
