import { setTimeout as delay } from "node:timers/promises";
import type { BenchDatabase } from "../bench/cluster.ts";
import { type ServeProcess, startProcess } from "./start-process.ts";

/** A process that only takes runs; or why there is none. */
export type StartedWorker = { kind: "started"; worker: ServeProcess } | { kind: "refused"; reason: string };

const startMillisecondsMax = 30_000;
const pollMilliseconds = 100;

/** Starts one more worker for the Waybill of a database, and waits until it stands among the workers. */
export async function startWorker(home: string, database: BenchDatabase, masterKey: string): Promise<StartedWorker> {
  const worker = await startProcess(home, {
    DATABASE_URL: database.url,
    WAYBILL_ROLE: "worker",
    WAYBILL_MASTER_KEY: masterKey,
  });
  try {
    await Promise.race([untilRegistered(database, worker.pid), worker.ended]);
    return { kind: "started", worker };
  } catch (error) {
    await worker.stop();
    return { kind: "refused", reason: error instanceof Error ? error.message : String(error) };
  }
}

async function untilRegistered(database: BenchDatabase, pid: number): Promise<void> {
  const deadline = performance.now() + startMillisecondsMax;
  while (performance.now() < deadline) {
    const found = await database.query("select from waybill.workers where pid = $1 and role = 'worker'", [pid]);
    if (found.length > 0) return;
    await delay(pollMilliseconds);
  }
  throw new Error(`it did not stand among the workers within ${startMillisecondsMax / 1_000} s`);
}
