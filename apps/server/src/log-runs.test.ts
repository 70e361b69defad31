import { expect, inject, onTestFinished, test, vi } from "vitest";
import { startTestServer } from "./testing/test-server.ts";

test("the log says when a run begins and how it ends, each time with its id and attempt", async () => {
  const server = await startTestServer(inject("postgres"));
  onTestFinished(() => server.close());
  const run = await server.runSample("job-codes-import", "job-codes.csv");
  const known = { run, attempt: 1, integration: "job-codes-import" };
  // Whoever waits for a run hears of its end from the database, perhaps before the worker has written its line.
  await vi.waitUntil(() => server.lines.length === 2);
  expect(server.lines).toEqual([
    { ...known, worker: expect.any(String), message: "A run begins." },
    { ...known, status: "completed", seconds: expect.any(Number), records: 24, message: "A run is over." },
  ]);
});
