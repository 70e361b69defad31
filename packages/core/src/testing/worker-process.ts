import { tmpdir } from "node:os";
import { systemClock } from "../clock.ts";
import { startWorker } from "../engine/worker.ts";
import type { WorkerTimes } from "../limits.ts";
import { openServices } from "../open-services.ts";

/** What a worker that is a process of its own is told, as JSON in its one parameter. */
export interface WorkerProcessOptions {
  databaseUrl: string;
  masterKey: string;
  workerTimes: WorkerTimes;
}

const { databaseUrl, masterKey, workerTimes }: WorkerProcessOptions = JSON.parse(process.argv[2] ?? "");
const services = await openServices({
  databaseUrl,
  masterKey: Buffer.from(masterKey, "base64"),
  clock: systemClock,
  log: { info: () => undefined, error: (fields, message) => console.error(message, fields.err) },
  temporaryFolder: tmpdir(),
  timeZone: "Europe/Berlin",
  workerTimes,
});
const worker = await startWorker(services, { host: "child.example", pid: process.pid, role: "worker" });
process.once("SIGTERM", async () => {
  await worker.stop();
  await services.close();
});
