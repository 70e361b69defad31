import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { endOf, startFile, told } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { rescueOnce } from "../worker/rescue.ts";
import { startWorker } from "./worker.ts";

test("a run whose job was taken by a worker that was lost before it held the run comes back", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const run = await start(ctx);
  await take(ctx, "1 minute");
  await keepQueueFromLooking(ctx);
  const worker = await startWorker(ctx, { host: "test.example", pid: process.pid, role: "worker" });
  expect(await endOf(ctx, run)).toMatchObject({ status: "completed" });
  expect(await told(ctx, run)).toContain("was lost before it began. Another one begins at once.");
  await worker.stop();
});

test("a job goes stale ten seconds after its taker was last heard of", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const run = await start(ctx);
  const job = await jobOf(ctx, run);
  await take(ctx, "9 seconds");
  await rescueOnce(ctx, () => []);
  expect(await jobOf(ctx, run)).toBe(job);
  await take(ctx, "10 seconds");
  await rescueOnce(ctx, () => []);
  expect(await jobOf(ctx, run)).not.toBe(job);
});

test("a run that somebody holds stays with its job, however stale", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const run = await start(ctx);
  const job = await jobOf(ctx, run);
  await take(ctx, "1 minute");
  await ctx.database.pool.query("update waybill.runs set held_by = $1", [ctx.workerId]);
  await rescueOnce(ctx, () => [run]);
  expect(await jobOf(ctx, run)).toBe(job);
});

async function start(ctx: Context): Promise<string> {
  const yaml = testDefinition({ recordKey: "[]", destination: "{ dataset: people, mode: insert }" });
  return await startFile(ctx, yaml, { content: "id\n1\n" });
}

/** Takes the job that waits, as somebody would who was last heard of so long ago. */
async function take(ctx: Context, ago: string): Promise<void> {
  await ctx.database.pool.query(
    `update waybill_queue.job set state = 'active', started_on = now(), heartbeat_on = now() - interval '${ago}'`,
  );
}

/** What brings the run back is then nothing that the queue does by itself. */
async function keepQueueFromLooking(ctx: Context): Promise<void> {
  await ctx.database.pool.query("update waybill_queue.queue set monitor_on = now() + interval '1 hour'");
}

async function jobOf(ctx: Context, run: string): Promise<unknown> {
  return (await ctx.database.pool.query("select job_id from waybill.runs where id = $1", [run])).rows[0]?.job_id;
}
