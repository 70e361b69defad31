import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase } from "@waybill/db/testing/test-database";
import { inject, onTestFinished } from "vitest";
import { localAdministrator } from "../access/sign-in.ts";
import type { Clock } from "../clock.ts";
import type { Context } from "../context.ts";
import { startWorker } from "../engine/worker.ts";
import { defaultWorkerTimes } from "../limits.ts";
import { openServices } from "../open-services.ts";
import type { WorkerProcess } from "../worker/beat.ts";

/** A clock that stands still until it is set. */
export interface FakeClock extends Clock {
  set(iso: string): void;
}

/** A clock that stands at this time, given in ISO 8601. */
export function fakeClock(iso = "2026-11-24T09:30:00.000Z"): FakeClock {
  let now = new Date(iso);
  return {
    now: () => now,
    set(next) {
      now = new Date(next);
    },
  };
}

/** What a worker of a test says of its process. */
export const testProcess: WorkerProcess = { host: "test.example", pid: process.pid, role: "all" };

/** A Waybill of its own for one test: a fresh database, the queue, and a worker unless none is wanted. */
export async function openTestWaybill({
  worker = true,
  clock = fakeClock(),
  workerTimes = defaultWorkerTimes,
} = {}): Promise<Context & { clock: FakeClock }> {
  const database = await createTestDatabase(inject("postgres"));
  const temporaryFolder = await mkdtemp(join(tmpdir(), "waybill-core-"));
  const services = await openServices({
    databaseUrl: database.url,
    masterKey: randomBytes(32),
    clock,
    log: { info: () => undefined, error: (fields, message) => console.error(message, fields.err) },
    temporaryFolder,
    timeZone: "Europe/Berlin",
    workerTimes,
  });
  const running = worker ? await startWorker(services, testProcess) : null;
  onTestFinished(async () => {
    await running?.stop();
    await services.close();
    await database.drop();
    await rm(temporaryFolder, { recursive: true, force: true });
  });
  return { ...services, clock, actor: localAdministrator };
}
