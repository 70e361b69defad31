import { describe, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { cancelRun } from "../run/cancel-run.ts";
import { getRun } from "../run/read-run.ts";
import { failRunUpdates, untilBackend } from "../testing/interrupt-runs.ts";
import { endOf, startFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { executeRun } from "./execute-run.ts";

const never = new AbortController().signal;

describe("a run that holds the destination to its end", () => {
  test.each(["[]", "[id]"])("is loaded once when its worker is lost after the last commit (%s)", async (recordKey) => {
    const ctx = await openTestWaybill({ worker: false });
    const run = await start(ctx, { recordKey, mode: "insert", onError: "{ commit: all-or-nothing }" });
    await failRunUpdates(ctx, "new.status <> old.status", { sqlState: "57P01" });
    await expect(executeRun(ctx, run, never)).rejects.toThrow("made to fail");
    expect(await getRun(ctx, { run })).toMatchObject({ status: "in_progress", phase: "finishing" });
    await executeRun(ctx, run, never);
    expect(await getRun(ctx, { run })).toMatchObject({ status: "completed", counts: { read: 3, inserted: 3 } });
    expect(await countRows(ctx)).toBe(3);
  });

  test("is Completed when somebody cancels it while its records are being committed", async () => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(
      `create table public.people (id text primary key);
       create function public.wait() returns trigger language plpgsql as $$
         begin perform pg_advisory_xact_lock(1); return null; end $$;
       create constraint trigger wait after insert on public.people deferrable initially deferred
         for each row execute function public.wait();
       create function public.defer() returns trigger language plpgsql as $$
         begin set constraints all deferred; return null; end $$;
       create trigger defer before insert on public.people for each statement execute function public.defer();`,
    );
    const hold = await ctx.database.pool.connect();
    await hold.query("select pg_advisory_lock(1)");
    const destination = "{ table: public.people, mode: upsert }";
    const run = await start(ctx, { destination, onError: "{ commit: all-or-nothing }" });
    await untilBackend(ctx, "query = 'commit' and wait_event_type = 'Lock'");
    const cancelled = cancelRun(ctx, { run });
    const refused = expect(cancelled).rejects.toMatchObject({ code: "run_already_final" });
    await untilBackend(ctx, "query like 'update waybill.runs set cancel%' and wait_event_type = 'Lock'");
    await hold.query("select pg_advisory_unlock(1)");
    hold.release();
    await refused;
    expect(await endOf(ctx, run)).toMatchObject({ status: "completed", counts: { inserted: 3 } });
  });
});

test("a run that is tried again counts what it rejects once", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const content = `id,name\n${",x\n".repeat(6)}1,\n`;
  const run = await start(ctx, { mode: "replace", onError: "{ stopAfterRejected: 10 }", content });
  await failRunUpdates(ctx, "new.phase = 'finishing' and old.phase = 'loading'", { sqlState: "40P01" });
  await expect(executeRun(ctx, run, never)).rejects.toThrow("made to fail");
  await executeRun(ctx, run, never);
  const counts = { read: 7, accepted: 1, rejected: 6 };
  expect(await getRun(ctx, { run })).toMatchObject({ status: "completed_with_errors", counts });
});

test("a run that has loaded its last batch is Completed, whoever cancels it then", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const run = await start(ctx, {});
  await ctx.database.pool.query(
    `create function public.cancel() returns trigger language plpgsql as $$
       begin new.cancel_requested_by = 'somebody'; return new; end $$;
     create trigger cancel before update on waybill.runs for each row
       when (new.read_count > old.read_count) execute function public.cancel();`,
  );
  await executeRun(ctx, run, never);
  expect(await getRun(ctx, { run })).toMatchObject({ status: "completed", counts: { inserted: 3 } });
});

interface Wanted {
  recordKey?: string;
  mode?: string;
  onError?: string;
  destination?: string;
  content?: string;
}

function start(ctx: Context, wanted: Wanted): Promise<string> {
  const { recordKey = "[id]", mode = "upsert", onError = "{}", content = "id\n1\n2\n3\n" } = wanted;
  const yaml = testDefinition({
    recordKey,
    destination: wanted.destination ?? `{ dataset: people, mode: ${mode} }`,
    onError,
  });
  return startFile(ctx, yaml, { content });
}

async function countRows(ctx: Context): Promise<number> {
  const { rows } = await ctx.database.pool.query<{ n: number }>("select count(*)::int as n from waybill_data.people");
  return rows[0]?.n ?? 0;
}
