import { Client } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { listRuns, listRunsInput } from "../run/list-runs.ts";
import { startRun, startRunInput } from "../run/start-run.ts";
import { endOf, keepFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill, testProcess } from "../testing/test-services.ts";
import { claimRun } from "./claim-run.ts";
import { executeRun } from "./execute-run.ts";
import { startWorker } from "./worker.ts";

const never = new AbortController().signal;
const startersMax = 8;

describe("of one integration", () => {
  test("two runs are under way together where its definition lets two go, and the third waits", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const runs = await startRuns(ctx, "twice", 3, { runsAtOnce: 2 });
    const claims = await Promise.all(runs.map((run) => claimRun(ctx, run)));
    expect(claims.map((claim) => claim.kind).sort()).toEqual(["not_taken", "taken", "taken"]);
  });

  test("one run is under way where its definition says nothing, however many are taken at once", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const runs = await startRuns(ctx, "once", 4);
    const claims = await Promise.all(runs.map((run) => claimRun(ctx, run)));
    expect(claims.filter((claim) => claim.kind === "taken")).toHaveLength(1);
  });

  test("no run begins between the halves of one that waits to be tried again", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const [first = "", second = ""] = await startRuns(ctx, "halves", 2);
    const { pool } = ctx.database;
    await pool.query("update waybill.runs set phase = 'loading' where id = $1", [first]);
    expect(await claimRun(ctx, second)).toEqual({ kind: "not_taken" });
    await executeRun(ctx, first, never);
    expect(await claimRun(ctx, second)).toMatchObject({ kind: "taken" });
  });

  test.each([
    [1, 1],
    [2, 2],
  ])("a worker executes %i at once, and all of them end", async (runsAtOnce, most) => {
    const ctx = await openTestWaybill();
    const seen = await watchHeld(ctx);
    const runs = await startRuns(ctx, "together", 8, { runsAtOnce });
    for (const run of runs) expect((await endOf(ctx, run)).status).toBe("completed");
    expect(await seen()).toBe(most);
  });
});

test("a thousand runs of an integration that may fill every slot do not hold up one of another", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await startRuns(ctx, "many", 1_000, { runsAtOnce: 16 });
  const [small = ""] = await startRuns(ctx, "small", 1);
  const worker = await startWorker(ctx, testProcess);
  expect((await endOf(ctx, small)).status).toBe("completed");
  const waiting = "select count(*)::int as n from waybill.runs where status = 'in_progress' and phase = 'queued'";
  expect((await ctx.database.pool.query(waiting)).rows[0].n).toBeGreaterThan(900);
  await worker.stop();
});

test("a job that is no longer its run's does nothing, whatever it brings", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const [run = ""] = await startRuns(ctx, "stale", 1);
  const stale = { id: "00000000-0000-4000-8000-000000000000", runId: run, waits: 0 };
  expect(await claimRun(ctx, run, stale)).toEqual({ kind: "not_taken" });
  await executeRun(ctx, run, never, stale);
  expect(await claimRun({ ...ctx, workerId: "another" }, run)).toMatchObject({ kind: "taken", run: { attempt: 1 } });
  expect(await claimRun(ctx, run)).toEqual({ kind: "not_taken" });
  const { items } = await listRuns(ctx, listRunsInput.parse({}));
  expect(items).toMatchObject([{ status: "in_progress", phase: "queued" }]);
});

async function startRuns(ctx: Context, key: string, count: number, { runsAtOnce = 1 } = {}): Promise<string[]> {
  const yaml = testDefinition({
    key,
    name: key,
    destination: `{ dataset: ${key} }`,
    runsAtOnce: String(runsAtOnce),
  });
  await applyIntegration(ctx, { yaml });
  const { id: sourceFile } = await keepFile(ctx, "people.csv", "id\n1\n");
  const runs: string[] = [];
  const start = async () => {
    while (runs.length < count) {
      const at = runs.push("") - 1;
      const request = startRunInput.parse({ integration: key, sourceFile, name: `${key} ${at}` });
      runs[at] = (await startRun(ctx, request)).id;
    }
  };
  await Promise.all(Array.from({ length: startersMax }, start));
  return runs;
}

/** Counts, whenever a run is taken, how many are held; gives the most there were. */
async function watchHeld(ctx: Context): Promise<() => Promise<number>> {
  const watcher = new Client({ connectionString: ctx.database.url });
  await watcher.connect();
  onTestFinished(() => watcher.end());
  await watcher.query(
    `create table public.held (runs int);
     create function public.count_held() returns trigger language plpgsql as $$
       begin
         insert into public.held select count(*) from waybill.runs where held_by is not null and status = 'in_progress';
         return null;
       end $$;
     create trigger count_held after update on waybill.runs for each row
       when (new.attempt > old.attempt) execute function public.count_held();`,
  );
  return async () => (await watcher.query("select max(runs)::int as most from public.held")).rows[0].most;
}
