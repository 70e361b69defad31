import { randomUUID } from "node:crypto";
import { openDatabase } from "@waybill/db";
import type { Clock } from "./clock.ts";
import type { Log, MailSettings, Services } from "./context.ts";
import { openRunQueue } from "./engine/run-queue.ts";
import { defaultFileLimits, defaultWorkerTimes, type WorkerTimes } from "./limits.ts";
import { openReaderPool } from "./reader/reader-pool.ts";
import { openRunChanges } from "./run/run-changes.ts";
import { type Stops, stopAll, stopAllOrThrow } from "./stop-all.ts";
import { openTelemetry } from "./telemetry.ts";
import { sessionsOf } from "./worker/sessions.ts";

/** What a process gives to its services. */
export interface ServicesOptions {
  /** A migrated database. */
  databaseUrl: string;
  masterKey: Uint8Array;
  clock: Clock;
  log: Log;
  temporaryFolder: string;
  timeZone: string;
  workerTimes?: WorkerTimes;
  mail?: MailSettings | null;
  consoleAddress?: Services["consoleAddress"];
}

const connectionsMax = 16;
/** What has not come to its end so long after everything was to be closed is cut off. */
const closeMillisecondsMax = 4_000;

/** Opens everything that verbs and engine stand on, or nothing. Throws when the database cannot be reached. */
export async function openServices(options: ServicesOptions): Promise<Services & { close(): Promise<void> }> {
  const stops: Stops = [];
  try {
    const services = await open(options, stops);
    return { ...services, close: () => close(services, stops) };
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

async function open(options: ServicesOptions, stops: Stops): Promise<Services> {
  const { databaseUrl, log, workerTimes = defaultWorkerTimes, mail = null, ...rest } = options;
  const workerId = randomUUID();
  const database = await openDatabase(databaseUrl, { max: connectionsMax, applicationName: sessionsOf(workerId) });
  const { connection } = database;
  stops.push(() => database.close());
  const changes = await openRunChanges(connection);
  stops.push(() => changes.stop());
  const readers = openReaderPool();
  stops.push(() => readers.close());
  const queue = await openRunQueue(connection, (error) => log.error({ err: error }, "The run queue met a fault."));
  stops.push(() => queue.stop());
  return {
    consoleAddress: { url: null },
    ...rest,
    mail,
    workerId,
    workerTimes,
    log,
    telemetry: openTelemetry(),
    database,
    queue,
    changes,
    readers,
    recordRules: new Map(),
    fileLimits: defaultFileLimits,
  };
}

async function close({ database }: Services, stops: Stops): Promise<void> {
  const late = setInterval(database.dropConnections, closeMillisecondsMax);
  try {
    await stopAllOrThrow(stops);
  } finally {
    clearInterval(late);
  }
}
