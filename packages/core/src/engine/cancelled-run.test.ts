import { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { limits } from "../limits.ts";
import { purgeOnce } from "../retention/purge-once.ts";
import { cancelRun } from "../run/cancel-run.ts";
import { getRun } from "../run/read-run.ts";
import { listRunLog, listRunLogInput } from "../run/run-log.ts";
import { startRun, startRunInput } from "../run/start-run.ts";
import { failRunUpdates, untilBackend } from "../testing/interrupt-runs.ts";
import { endOf, keepFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { executeRun } from "./execute-run.ts";

test("a run that is cancelled while it loads stops before its end, and says what it has kept", async () => {
  const ctx = await openTestWaybill();
  const ids = Array.from({ length: limits.batchRecords * 40 }, (_, index) => index);
  const run = await start(ctx, { ids });
  while ((await getRun(ctx, { run })).counts.read === 0);
  await cancelRun(ctx, { run });
  const { status, counts, kept } = await endOf(ctx, run);
  expect([status, kept, counts.read % limits.batchRecords]).toEqual(["cancelled", true, 0]);
  expect(counts.read).toBeLessThan(ids.length);
});

test("the log of a cancelled run says so where what it had accepted is not kept", async () => {
  const ctx = await openTestWaybill();
  const ids = Array.from({ length: limits.batchRecords * 40 }, (_, index) => index);
  const run = await start(ctx, { ids, onError: "{ commit: all-or-nothing }" });
  while ((await getRun(ctx, { run })).counts.read === 0);
  await cancelRun(ctx, { run });
  await endOf(ctx, run);
  const { items } = await listRunLog(ctx, listRunLogInput.parse({ run }));
  expect(items.at(-1)?.message).toMatch(/^The run is Cancelled: \d+ accepted but not kept, /);
});

test("a run is cancelled while its file is being opened", async () => {
  const ctx = await openTestWaybill();
  const somebody = new Client({ connectionString: ctx.database.url });
  await somebody.connect();
  onTestFinished(() => somebody.end());
  const lock = () => somebody.query("begin; lock table waybill.stored_file_chunks");
  const run = await start(ctx, { beforehand: lock });
  await vi.waitFor(async () => expect((await getRun(ctx, { run })).phase).toBe("opening"));
  await cancelRun(ctx, { run });
  expect(await endOf(ctx, run)).toMatchObject({ status: "cancelled", counts: { read: 0 } });
});

test.each(["{}", "{ commit: all-or-nothing }"])(
  "a run is cancelled in the midst of a slow batch (%s)",
  async (onError) => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(`create table public.people (id text primary key);
    create function sleep() returns trigger language plpgsql as $$ begin perform pg_sleep(600); return new; end $$;
    create trigger sleep before insert on public.people for each row execute function sleep()`);
    const run = await start(ctx, { onError, destination: "{ table: public.people }" });
    await untilBackend(ctx, "wait_event = 'PgSleep'");
    await cancelRun(ctx, { run });
    expect(await endOf(ctx, run)).toMatchObject({ status: "cancelled", kept: false });
    expect((await ctx.database.pool.query("select from public.people")).rowCount).toBe(0);
  },
);

test("a run is cancelled while it forgets what an earlier attempt rejected", async () => {
  const ctx = await openTestWaybill();
  await ctx.database.pool.query(`create function sleep() returns trigger language plpgsql as
      $$ begin perform pg_sleep(600); return null; end $$;
    create trigger sleep before delete on waybill.rejected_records for each statement execute function sleep()`);
  await failRunUpdates(ctx, "new.phase = 'finishing'", { sqlState: "40P01" });
  const run = await start(ctx, { destination: "{ dataset: people, mode: replace }" });
  await untilBackend(ctx, "wait_event = 'PgSleep'");
  expect(await cancelRun(ctx, { run })).toMatchObject({ status: "in_progress" });
  expect(await endOf(ctx, run)).toMatchObject({ status: "cancelled", kept: false });
});

test("a run that waits to be tried again is Cancelled at once", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const run = await start(ctx, {});
  await failRunUpdates(ctx, "new.phase = 'loading'", { sqlState: "40P01" });
  await expect(executeRun(ctx, run, new AbortController().signal)).rejects.toThrow("made to fail");
  expect(await cancelRun(ctx, { run })).toMatchObject({ status: "cancelled", phase: null });
});

test("a run is Cancelled at once, however much it saw in its unique fields, which the purge takes", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const run = await start(ctx, { rules: "unique: true" });
  await failRunUpdates(ctx, "new.phase = 'finishing'", { sqlState: "40P01" });
  await expect(executeRun(ctx, run, new AbortController().signal)).rejects.toThrow("made to fail");
  await ctx.database.pool.query(`create function sleep() returns trigger language plpgsql as
      $$ begin perform pg_sleep(600); return old; end $$;
    create trigger sleep before delete on waybill.run_seen_values for each row execute function sleep()`);
  expect(await cancelRun(ctx, { run })).toMatchObject({ status: "cancelled", phase: null });
  await ctx.database.pool.query("drop trigger sleep on waybill.run_seen_values");
  const keep = { runsDays: null, filesDays: null, rejectedDays: null, logsDays: null };
  expect(await purgeOnce(ctx, keep)).toEqual({ seenValues: 1 });
});

async function start(
  ctx: Context,
  {
    ids = [1],
    rules = "unique: false",
    destination = "{ dataset: people }",
    onError = "{}",
    beforehand = async (): Promise<unknown> => undefined,
  },
): Promise<string> {
  const yaml = testDefinition({
    source: "{ limits: { sourceBytesMax: 8000000 } }",
    fields: `[{ name: id, type: text, required: true, ${rules} }]`,
    destination,
    onError,
  });
  await applyIntegration(ctx, { yaml });
  const { id: sourceFile } = await keepFile(ctx, "people.csv", `id\n${ids.join("\n")}\n`);
  await beforehand();
  return (await startRun(ctx, startRunInput.parse({ integration: "people", sourceFile }))).id;
}
