import { expect, test } from "vitest";
import { endOf, startFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { startWorker } from "./worker.ts";

test("a run whose job was taken by a worker that was lost before it held the run comes back", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const yaml = testDefinition({ recordKey: "[]", destination: "{ dataset: people, mode: insert }" });
  const run = await startFile(ctx, yaml, { content: "id\n1\n" });
  await ctx.database.pool.query(
    "update waybill_queue.job set state = 'active', started_on = now(), heartbeat_on = now() - interval '1 minute'",
  );
  const worker = await startWorker(ctx, { host: "test.example", pid: process.pid, role: "worker" });
  expect(await endOf(ctx, run)).toMatchObject({ status: "completed" });
  await worker.stop();
});
