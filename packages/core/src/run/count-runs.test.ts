import { expect, test } from "vitest";
import { applyIntegration } from "../integration/apply-integration.ts";
import { addPastRuns } from "../testing/past-runs.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { openRunCounter } from "./count-runs.ts";

const yaml = testDefinition();

test("runs are counted by status, and what ends between two counts is in the next one", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyIntegration(ctx, { yaml });
  const run = (name: string) => ({ name, integration: "people", at: ctx.clock.now() });
  const past = (minutes: number) => ({ at: new Date(ctx.clock.now().getTime() - minutes * 60_000) });
  await addPastRuns(ctx, [
    { ...run("1"), ...past(60) },
    { ...run("2"), ...past(50), status: "failed" },
    { ...run("3"), ...past(2), status: "in_progress" },
    { ...run("4"), ...past(3), status: "in_progress" },
    { ...run("5"), ...past(9), status: "scheduled" },
  ]);
  await ctx.database.pool.query("update waybill.runs set phase = 'queued' where name = '3'");
  const count = openRunCounter(ctx);
  const first = await count.byStatus();
  expect(await count.waiting()).toMatchObject({ queued: 1, oldestQueuedSeconds: 120 });
  expect(first).toMatchObject({ completed: 1, failed: 1, in_progress: 2, scheduled: 1, cancelled: 0 });

  await addPastRuns(ctx, [{ ...run("6"), status: "cancelled" }]);
  expect(await count.byStatus()).toEqual(first);
  ctx.clock.set(new Date(ctx.clock.now().getTime() + 5_000).toISOString());
  expect(await count.byStatus()).toMatchObject({ completed: 1, cancelled: 1, in_progress: 2 });
  await ctx.database.pool.query("delete from waybill.runs where name in ('1', '2')");
  ctx.clock.set(new Date(ctx.clock.now().getTime() + 5 * 60_000).toISOString());
  expect(await count.byStatus()).toMatchObject({ completed: 0, failed: 0, cancelled: 1, in_progress: 2 });
});

test("a run that ends while its count is being made is counted once", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyIntegration(ctx, { yaml });
  const soon = new Date(ctx.clock.now().getTime() + 100);
  await addPastRuns(ctx, [
    { name: "1", integration: "people", at: ctx.clock.now() },
    { name: "2", integration: "people", at: soon },
  ]);
  expect((await openRunCounter(ctx).byStatus()).completed).toBe(2);
});

test("a count that failed is asked for again", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const count = openRunCounter(ctx);
  await ctx.database.pool.query("alter table waybill.runs rename to away");
  await expect(count.byStatus()).rejects.toThrow();
  await ctx.database.pool.query("alter table waybill.away rename to runs");
  expect((await count.byStatus()).completed).toBe(0);
});
