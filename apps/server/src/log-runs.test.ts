import { expect, inject, onTestFinished, test } from "vitest";
import { startTestServer } from "./testing/test-server.ts";

test("the log says when a run begins and how it ends, each time with its id and attempt", async () => {
  const server = await startTestServer(inject("postgres"));
  onTestFinished(() => server.close());
  const run = await server.runSample("job-codes-import", "job-codes.csv");
  const known = { run, attempt: 1, integration: "job-codes-import" };
  expect(server.lines).toEqual([
    { ...known, worker: expect.any(String), message: "A run begins." },
    { ...known, status: "completed", seconds: expect.any(Number), records: 24, message: "A run is over." },
  ]);
});
