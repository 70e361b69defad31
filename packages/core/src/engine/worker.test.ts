import { expect, test } from "vitest";
import { openTestWaybill, testProcess } from "../testing/test-services.ts";
import { listWorkers } from "../worker/list-workers.ts";
import { startWorker } from "./worker.ts";

test("a worker that cannot take runs does not start, and stays on no list", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await ctx.queue.stop();
  await expect(startWorker(ctx, testProcess)).rejects.toThrow();
  expect((await listWorkers(ctx)).items).toEqual([]);
});
