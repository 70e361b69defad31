import { runOnServer } from "@waybill/db/testing/test-database";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test("a scrape without a token tells of the runs, their records and their times, and of the process", async () => {
  const run = await server.runSample("job-codes-import", "job-codes.csv");
  // Whoever waits for a run hears of its end from the database, perhaps before the worker has counted it.
  await vi.waitUntil(() => server.lines.some((line) => line.run === run && line.message === "A run is over."));
  const { text, type, value } = await scrape(server);
  expect(type).toContain("text/plain; version=0.0.4");
  const integration = 'integration="job-codes-import"';
  expect(value(`waybill_runs_ended_total{${integration},status="completed"}`)).toBe(1);
  expect(value('waybill_runs{status="completed"}')).toBe(1);
  expect(value('waybill_runs{status="failed"}')).toBe(0);
  expect(value("waybill_queued_runs")).toBe(0);
  expect(value("waybill_oldest_queued_run_seconds")).toBe(0);
  expect(value("waybill_database_up")).toBe(1);
  expect(value(`waybill_records_total{${integration},outcome="read"}`)).toBe(24);
  expect(value(`waybill_records_total{${integration},outcome="accepted"}`)).toBe(24);
  expect(value(`waybill_records_total{${integration},outcome="rejected"}`)).toBe(0);
  expect(value(`waybill_records_total{${integration},outcome="skipped"}`)).toBe(0);
  expect(value(`waybill_batch_duration_seconds_count{${integration}}`)).toBe(1);
  for (const phase of ["queued", "opening", "checking", "loading", "finishing"]) {
    expect(value(`waybill_phase_duration_seconds_count{phase="${phase}"}`), phase).toBe(1);
  }
  expect(value('waybill_database_connections{state="waited_for"}')).toBe(0);
  expect(value("nodejs_eventloop_lag_p99_seconds")).toBeGreaterThan(0);
  expect(value("process_resident_memory_bytes")).toBeGreaterThan(0);
  expect(text).not.toContain(run);
});

describe("a scrape while the database", () => {
  test("is late waits for what is counted there", async () => {
    const { late, somebody } = await startWithLock();
    const scraped = scrape(late);
    await untilCounted(somebody);
    await somebody.query("rollback");
    const { value } = await scraped;
    expect(value("waybill_database_up")).toBe(1);
    expect(value("waybill_queued_runs")).toBe(0);
    expect(value('waybill_runs{status="completed"}')).toBe(0);
  });

  test("does not answer goes out without it", async () => {
    const { late } = await startWithLock();
    expectOwnFiguresAlone(await scrape(late));
  });

  test("is gone goes out without it, too", async () => {
    const cutOff = await startWorker();
    const database = new URL(cutOff.databaseUrl).pathname.slice(1);
    const { url } = inject("postgres");
    await runOnServer(url, `alter database ${database} allow_connections false`);
    onTestFinished(() => runOnServer(url, `alter database ${database} allow_connections true`));
    await runOnServer(url, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`);
    expectOwnFiguresAlone(await scrape(cutOff));
  });
});

type Scrape = Awaited<ReturnType<typeof scrape>>;

async function scrape({ url }: TestServer) {
  const answer = await fetch(`${url}/metrics`);
  const text = await answer.text();
  const value = (series: string) => {
    const line = text.split("\n").find((one) => one.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  };
  return { text, type: answer.headers.get("content-type"), value };
}

async function startWorker(): Promise<TestServer> {
  const worker = await startTestServer(inject("postgres"), "worker");
  onTestFinished(() => worker.close());
  return worker;
}

/** A server that cannot count its runs until `somebody` rolls back. */
async function startWithLock(): Promise<{ late: TestServer; somebody: Client }> {
  const late = await startWorker();
  const somebody = new Client({ connectionString: late.databaseUrl });
  await somebody.connect();
  onTestFinished(() => somebody.end());
  await somebody.query("begin; lock table waybill.runs");
  return { late, somebody };
}

/** Waits until a count of the runs waits for a lock. */
async function untilCounted(somebody: Client): Promise<void> {
  const sql = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
               and query like '%filter (where phase = ''queued'')%'`;
  while ((await somebody.query(sql)).rowCount === 0) {
    // A transaction would else see the sessions as it first saw them.
    await somebody.query("select pg_stat_clear_snapshot()");
  }
}

function expectOwnFiguresAlone({ text, value }: Scrape): void {
  expect(value("waybill_database_up")).toBe(0);
  expect(value("waybill_queued_runs")).toBeNaN();
  expect(value("waybill_oldest_queued_run_seconds")).toBeNaN();
  expect(text).not.toContain("waybill_runs{");
  expect(value("process_resident_memory_bytes")).toBeGreaterThan(0);
}
