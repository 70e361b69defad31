import { describe, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { claimRun } from "../engine/claim-run.ts";
import { endRun } from "../engine/finish-run.ts";
import { giveBack } from "../engine/give-back.ts";
import { AttemptLost } from "../engine/run-task.ts";
import { getRun } from "../run/read-run.ts";
import { listRunLog, listRunLogInput } from "../run/run-log.ts";
import { startRun, startRunInput } from "../run/start-run.ts";
import { startGatedRun } from "../testing/gated-people.ts";
import { failRunUpdates } from "../testing/interrupt-runs.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { listWorkers } from "./list-workers.ts";
import { rescueOnce } from "./rescue.ts";

const workerTimes = { beatSeconds: 0.5, leaseSeconds: 1, rescueSeconds: 0.5, giveBackSeconds: 20 };
const none = () => [];

describe("a rescue", () => {
  test("leaves the runs of a worker that beats, and takes those of one that is over its lease", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes });
    const { run } = await startGatedRun(ctx);
    await enter(ctx, "other", -60);
    await claimRun({ ...ctx, workerId: "other" }, run);
    await rescueOnce(ctx, none);
    expect(await claimRun(ctx, run)).toEqual({ kind: "not_taken" });
    await enter(ctx, "other", 60);
    expect((await listWorkers(ctx)).items).toMatchObject([
      {
        id: "other",
        host: "other.example",
        lost: true,
        runs: [{ id: run, integration: "gated-people", progress: null }],
      },
    ]);
    await rescueOnce(ctx, none);
    expect((await listWorkers(ctx)).items).toEqual([]);
    expect(await claimRun(ctx, run)).toMatchObject({ kind: "taken", run: { attempt: 3, deaths: 1 } });
  });

  test("takes the runs of a lost worker once, however many look", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes });
    const { run } = await startGatedRun(ctx);
    await enter(ctx, "gone", 60);
    await claimRun({ ...ctx, workerId: "gone" }, run);
    await Promise.all([rescueOnce(ctx, none), rescueOnce(ctx, none), rescueOnce(ctx, none)]);
    expect(await claimRun(ctx, run)).toMatchObject({ kind: "taken", run: { attempt: 3, deaths: 1 } });
  });

  test("takes the runs of a worker that is on no list, which was not lost on them", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes });
    const { run } = await startGatedRun(ctx);
    await claimRun({ ...ctx, workerId: "stopped" }, run);
    await rescueOnce(ctx, none);
    expect(await claimRun(ctx, run)).toMatchObject({ kind: "taken", run: { attempt: 3, deaths: 0 } });
    const { items } = await listRunLog(ctx, listRunLogInput.parse({ run }));
    const message = "A worker stopped and held the run still; the run goes on after record 0.";
    expect(items).toContainEqual(expect.objectContaining({ event: "attempt_interrupted", message }));
  });

  test("shuts out the worker that it took a run from", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes });
    const { run } = await startGatedRun(ctx);
    const late = { ...ctx, workerId: "late" };
    await claimRun(late, run);
    await rescueOnce(ctx, none);
    await expect(endRun(late, { id: run, attempt: 1 }, { status: "cancelled" })).rejects.toThrow(AttemptLost);
    expect((await getRun(ctx, { run })).status).toBe("in_progress");
  });

  test("lets go of a run that this worker holds and does not execute, and of no other", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes });
    const { run } = await startGatedRun(ctx);
    await claimRun(ctx, run);
    await rescueOnce(ctx, () => [run]);
    expect(await claimRun({ ...ctx, workerId: "another" }, run)).toEqual({ kind: "not_taken" });
    await rescueOnce(ctx, none);
    const taken = { attempt: 2, deaths: 0, worldFaults: 1 };
    expect(await claimRun({ ...ctx, workerId: "another" }, run)).toMatchObject({ kind: "taken", run: taken });
  });

  test("takes over what it can when one run cannot be taken, and says which", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes });
    const { run: stuck, sourceFile } = await startGatedRun(ctx);
    const { id: other } = await startRun(ctx, startRunInput.parse({ integration: "gated-people", sourceFile }));
    await enter(ctx, "gone", 60);
    await ctx.database.pool.query("update waybill.runs set held_by = 'gone'");
    await failRunUpdates(ctx, `old.id = '${stuck}'`, { sqlState: "XX001" });
    const faults: unknown[] = [];
    await rescueOnce({ ...ctx, log: { ...ctx.log, error: (fields) => faults.push(fields) } }, none);
    expect(faults).toEqual([{ err: expect.objectContaining({ code: "XX001" }), run: stuck, attempt: null }]);
    const { items } = await listRunLog(ctx, listRunLogInput.parse({ run: other }));
    expect(items).toContainEqual(expect.objectContaining({ event: "worker_lost" }));
    await rescueOnce(ctx, none);
    expect(await claimRun(ctx, stuck)).toMatchObject({ kind: "taken", run: { deaths: 1 } });
  });

  test("does not give a run back that was given back since it was seen to be held", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes });
    const { run } = await startGatedRun(ctx);
    await claimRun(ctx, run);
    const fault = new Error("The connection was lost.");
    expect(await giveBack(ctx, run, fault)).toEqual({ over: false, attempt: 1 });
    expect(await giveBack(ctx, run, fault, { attempt: 1 })).toEqual({ over: false, attempt: null });
    expect(await claimRun(ctx, run)).toMatchObject({ kind: "taken", run: { worldFaults: 1 } });
  });
});

/** Puts a worker on the list that last beat so long ago, or, below 0, will beat until then. */
async function enter(ctx: Context, id: string, secondsAgo: number): Promise<void> {
  await ctx.database.pool.query(
    `insert into waybill.workers (id, host, pid, role, version, beat_at)
     values ($1, $1 || '.example', 1, 'worker', '0.0.0', now() - make_interval(secs => $2))
     on conflict (id) do update set beat_at = excluded.beat_at`,
    [id, secondsAgo],
  );
}
