import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import type { Context } from "../context.ts";
import { cancelRun } from "../run/cancel-run.ts";
import { untilBackend } from "../testing/interrupt-runs.ts";
import { endOf, startFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { executeRun } from "./execute-run.ts";

const yaml = testDefinition({ destination: "{ table: public.people }" });
const tableLock = "lock table public.people in access exclusive mode";
const turn = `select pg_advisory_xact_lock(hashtextextended('load:"public"."people"', 0))`;
const waiting = "application_name like 'waybill %' and wait_event_type = 'Lock'";

test("a run whose destination another program locks can be cancelled", async () => {
  const ctx = await openTestWaybill();
  const run = await startLocked(ctx, tableLock);
  await untilBackend(ctx, waiting);
  expect(await cancelRun(ctx, { run })).toMatchObject({ status: "in_progress" });
  expect(await endOf(ctx, run)).toMatchObject({ status: "cancelled", counts: { read: 0 } });
});

test.each([
  ["another program locks", tableLock],
  ["another run loads", turn],
])("a worker stops in order while it waits for a destination that %s", async (_, lock) => {
  const ctx = await openTestWaybill({ worker: false });
  const run = await startLocked(ctx, lock);
  const stopping = new AbortController();
  const stopped = expect(executeRun(ctx, run, stopping.signal)).rejects.toThrow();
  await untilBackend(ctx, waiting);
  stopping.abort(new Error("The worker is stopping."));
  await stopped;
});

async function startLocked(ctx: Context, lock: string): Promise<string> {
  await ctx.database.pool.query("create table public.people (id text primary key)");
  const somebody = new Client({ connectionString: ctx.database.url });
  somebody.on("error", () => undefined);
  await somebody.connect();
  onTestFinished(() => somebody.end());
  await somebody.query(`begin; ${lock}`);
  return await startFile(ctx, yaml, { content: "id\n1\n" });
}
