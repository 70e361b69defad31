import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test("a scrape without a token tells of the runs, their records and their times, and of the process", async () => {
  const run = await server.runSample("job-codes-import", "job-codes.csv");
  const answer = await fetch(`${server.url}/metrics`);
  expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  const text = await answer.text();
  const value = (series: string) => {
    const line = text.split("\n").find((one) => one.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  };
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
