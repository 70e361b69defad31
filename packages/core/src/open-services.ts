import { randomUUID } from "node:crypto";
import { openDatabase } from "@waybill/db";
import type { Clock } from "./clock.ts";
import type { Log, Services } from "./context.ts";
import { openRunQueue } from "./engine/run-queue.ts";
import { defaultFileLimits } from "./limits.ts";
import { openReaderPool } from "./reader/reader-pool.ts";
import { openRunChanges } from "./run/run-changes.ts";

/** What a process gives to its services. */
export interface ServicesOptions {
  /** A migrated database. */
  databaseUrl: string;
  masterKey: Uint8Array;
  clock: Clock;
  log: Log;
  temporaryFolder: string;
  timeZone: string;
}

const connectionsMax = 16;

/** Opens everything that verbs and engine stand on. Throws when the database cannot be reached. */
export async function openServices(options: ServicesOptions): Promise<Services & { close(): Promise<void> }> {
  const { databaseUrl, log, ...rest } = options;
  const database = await openDatabase(databaseUrl, { max: connectionsMax });
  const queue = await openRunQueue(databaseUrl, (error) => log.error({ err: error }, "The run queue met a fault."));
  const changes = await openRunChanges(databaseUrl);
  const readers = openReaderPool();
  async function close(): Promise<void> {
    await queue.stop();
    await readers.close();
    await changes.stop();
    await database.close();
  }
  return {
    ...rest,
    workerId: randomUUID(),
    log,
    database,
    queue,
    changes,
    readers,
    fileLimits: defaultFileLimits,
    close,
  };
}
