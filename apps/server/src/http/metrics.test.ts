import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const samples = resolve(import.meta.dirname, "../../../../samples/files");
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test("a scrape without a token tells of the runs, their records and their times, and of the process", async () => {
  const body = await readFile(`${samples}/job-codes.csv`);
  const sent = await server.ask("/files?name=job-codes.csv", { method: "POST", body });
  const { id } = (await sent.json()) as { id: string };
  const request = { integration: "job-codes-import", sourceFile: id };
  const run = (await server.call("runs.start", request)).result.data.id;
  await untilOver(run);

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
  const records = body.toString("utf8").trim().split("\n").length - 1;
  expect(value(`waybill_records_total{${integration},outcome="read"}`)).toBe(records);
  expect(value(`waybill_records_total{${integration},outcome="accepted"}`)).toBe(records);
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

async function untilOver(run: string): Promise<void> {
  const answer = await server.ask(`/trpc/runs.watch?input=${encodeURIComponent(JSON.stringify({ run }))}`);
  let said = "";
  for await (const chunk of answer.body ?? []) {
    said += new TextDecoder().decode(chunk);
    if (said.includes('"status":"completed"')) return;
  }
}
