import { describe, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
import { getRun } from "../run/read-run.ts";
import { rerun, rerunInput } from "../run/rerun.ts";
import { failRunUpdates } from "../testing/interrupt-runs.ts";
import { endOf, startFile, told } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { rescueOnce } from "../worker/rescue.ts";
import { claimRun } from "./claim-run.ts";
import { executeRun } from "./execute-run.ts";

const never = new AbortController().signal;

test("workers that stop in order, however many, do not fail a run", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const run = await start(ctx);
  const stopped = AbortSignal.abort(new Error("The worker is stopping."));
  for (let stop = 1; stop <= 7; stop++) await expect(executeRun(ctx, run, stopped)).rejects.toThrow();
  await executeRun(ctx, run, never);
  expect((await getRun(ctx, { run })).status).toBe("completed");
  expect(await told(ctx, run)).not.toContain("was lost");
});

describe("workers that die", () => {
  test("fail a run, three of them", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const run = await start(ctx);
    await die(ctx, run, 2);
    expect((await getRun(ctx, { run })).status).toBe("in_progress");
    await die(ctx, run, 1);
    const failure = { code: "workers_lost", message: expect.stringContaining("quarantined") };
    expect(await getRun(ctx, { run })).toMatchObject({ status: "failed", phase: null, failure });
    const lost = (await told(ctx, run)).split("\n").filter((message) => message.startsWith("A worker was lost"));
    const goesOn = "A worker was lost (dead.example, process 1); the run goes on after record 0.";
    expect(lost).toEqual([goesOn, goesOn, "A worker was lost (dead.example, process 1)."]);
    const again = await rerun(ctx, rerunInput.parse({ run }));
    await executeRun(ctx, again.id, never);
    expect((await getRun(ctx, { run: again.id })).status).toBe("completed");
  });

  test("fail it also when it got further in between, and what it kept is told", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const run = await start(ctx, `id\n${Array.from({ length: 12_000 }, (_, index) => `${index}\n`).join("")}`);
    await die(ctx, run, 2);
    await failRunUpdates(ctx, "old.read_count > 0 and new.read_count > old.read_count", { sqlState: "40P01" });
    await expect(executeRun(ctx, run, never)).rejects.toThrow("made to fail");
    await die(ctx, run, 1);
    const failure = { code: "workers_lost" };
    const counts = { read: limits.batchRecords, inserted: limits.batchRecords };
    expect(await getRun(ctx, { run })).toMatchObject({ status: "failed", failure, kept: true, counts });
  });
});

describe("faults of the world", () => {
  test("are tried again by the queue", async () => {
    const ctx = await openTestWaybill();
    await failRunUpdates(ctx, "new.phase = 'loading'", { sqlState: "40P01" });
    expect((await endOf(ctx, await start(ctx))).status).toBe("completed");
  });

  test.each([
    ["40P01", "new.phase = 'opening'", "another program changed the same records"],
    ["53200", "new.attempt > old.attempt", "no connection, memory or disk space left"],
    ["57P01", "new.phase = 'loading'", "the database could not be reached"],
  ])("fail the run in the end, and it says what it waited for (%s)", async (sqlState, condition, reason) => {
    const ctx = await openTestWaybill({ worker: false });
    const run = await start(ctx);
    await failRunUpdates(ctx, condition, { sqlState, times: 100 });
    for (let attempt = 1; attempt < limits.worldFaultsMax; attempt++) {
      await expect(executeRun(ctx, run, never)).rejects.toThrow("made to fail");
      expect((await getRun(ctx, { run })).status).toBe("in_progress");
    }
    await executeRun(ctx, run, never);
    const failure = { code: "world_unreachable", message: expect.stringContaining(reason) };
    const ended = await getRun(ctx, { run });
    expect(ended).toMatchObject({ status: "failed", phase: null, failure });
    expect(ended.failure?.message).toContain("was tried 10 times, with about 151 s of waiting in between");
    expect(await told(ctx, run)).toMatch(/Interrupted \(try 3 of 10\): .* tried again in (3|4|5)(\.\d)? s\./);
  });

  test("that leave no chance to let go of the run are not deaths of a worker that lives", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const run = await start(ctx);
    for (let attempt = 1; attempt <= 5; attempt++) await claimRun(ctx, run);
    await executeRun(ctx, run, never);
    expect((await getRun(ctx, { run })).status).toBe("completed");
  });
});

function start(ctx: Context, content = "id\n1\n2\n3\n"): Promise<string> {
  return startFile(ctx, testDefinition(), { content });
}

/** Workers that take the run, one after the other, and are never heard of again. */
async function die(ctx: Context, run: string, workers: number): Promise<void> {
  for (let worker = 1; worker <= workers; worker++) {
    const workerId = `worker ${worker}`;
    await ctx.database.pool.query(
      `insert into waybill.workers (id, host, pid, role, version, beat_at) values ($1, 'dead.example', 1, 'worker', '0.0.0', '-infinity')`,
      [workerId],
    );
    await claimRun({ ...ctx, workerId }, run);
    await rescueOnce({ ...ctx, workerTimes: { ...ctx.workerTimes, leaseSeconds: 0 } }, () => []);
  }
}
