import { setTimeout as delay } from "node:timers/promises";
import type { Services } from "@waybill/core/context";
import { openRunCounter } from "@waybill/core/run/count-runs";
import { recordCounts } from "@waybill/core/telemetry";
import { Hono } from "hono";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { HttpEnv } from "./env.ts";

const batchSecondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const phaseSecondsBuckets = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600];

/** A scrape that the database keeps waiting so long goes out without what is counted there. */
const databaseMillisecondsMax = 2_000;

/**
 * What Prometheus scrapes: what this process does, and the runs of all. Open to everybody, as health is: integrations
 * stand in it by their keys, and no person, run or value.
 */
export function metricsRoutes(services: Services): Hono<HttpEnv> {
  const register = new Registry();
  collectDefaultMetrics({ register });
  // The pool stands first, so that it is looked at before the scrape itself asks it for a connection.
  measurePool(services, register);
  measureRuns(services, register);
  countRecords(services, register);
  countRunEnds(services, register);
  return new Hono<HttpEnv>().get("/metrics", async (c) =>
    c.body(await register.metrics(), 200, { "Content-Type": register.contentType }),
  );
}

function measurePool({ database }: Services, register: Registry): void {
  new Gauge({
    name: "waybill_database_connections",
    help: "Connections of this process's pool, idle or in use, and those who wait for one.",
    labelNames: ["state"],
    registers: [register],
    collect() {
      const { totalCount, idleCount, waitingCount } = database.pool;
      this.set({ state: "idle" }, idleCount);
      this.set({ state: "in_use" }, totalCount - idleCount);
      this.set({ state: "waited_for" }, waitingCount);
    },
  });
}

function measureRuns(services: Services, register: Registry): void {
  const { byStatus, waiting } = openRunCounter(services);
  const registers = [register];
  new Gauge({
    name: "waybill_database_up",
    help: "1 when the database answered this scrape, else 0; then what is counted there is NaN or absent.",
    registers,
    async collect() {
      this.set((await soon(waiting())) ? 1 : 0);
    },
  });
  new Gauge({
    name: "waybill_runs",
    help: "Runs that are kept, by status, in the whole database.",
    labelNames: ["status"],
    registers,
    async collect() {
      this.reset();
      for (const [status, runs] of Object.entries((await soon(byStatus())) ?? {})) this.set({ status }, runs);
    },
  });
  new Gauge({
    name: "waybill_queued_runs",
    help: "Runs that wait for a worker, in the whole database.",
    registers,
    async collect() {
      this.set((await soon(waiting()))?.queued ?? Number.NaN);
    },
  });
  new Gauge({
    name: "waybill_oldest_queued_run_seconds",
    help: "How long the oldest run that waits for a worker has waited, in the whole database; 0 when none waits.",
    registers,
    async collect() {
      this.set((await soon(waiting()))?.oldestQueuedSeconds ?? Number.NaN);
    },
  });
}

/** What was asked for; null where it fails or takes too long. */
async function soon<Value>(asked: Promise<Value>): Promise<Value | null> {
  return await Promise.race([asked.catch(() => null), delay(databaseMillisecondsMax, null, { ref: false })]);
}

function countRecords({ telemetry }: Services, register: Registry): void {
  const records = new Counter({
    name: "waybill_records_total",
    help: "Records that this process read and what became of them, test runs included. Read is the sum of the others.",
    labelNames: ["integration", "outcome"],
    registers: [register],
  });
  const batches = new Histogram({
    name: "waybill_batch_duration_seconds",
    help: "How long this process took to write a batch of records and keep its counts.",
    labelNames: ["integration"],
    buckets: batchSecondsBuckets,
    registers: [register],
  });
  telemetry.on("batchWritten", (batch) => {
    const { integration } = batch;
    for (const outcome of recordCounts) records.inc({ integration, outcome }, batch[outcome]);
    batches.observe({ integration }, batch.seconds);
  });
}

function countRunEnds({ telemetry }: Services, register: Registry): void {
  const ends = new Counter({
    name: "waybill_runs_ended_total",
    help: "Runs that this process brought to their end, by integration and final status.",
    labelNames: ["integration", "status"],
    registers: [register],
  });
  const phases = new Histogram({
    name: "waybill_phase_duration_seconds",
    help: "How long runs were in each phase, told when they are over.",
    labelNames: ["phase"],
    buckets: phaseSecondsBuckets,
    registers: [register],
  });
  telemetry.on("runEnded", ({ integration, status, phases: times }) => {
    ends.inc({ integration, status });
    for (const { phase, seconds } of times) phases.observe({ phase }, seconds);
  });
}
