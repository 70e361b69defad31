import { transaction } from "@waybill/db";
import { laySwallowingLine } from "@waybill/db/testing/swallowing-line";
import { describe, expect, test, vi } from "vitest";
import type { Context } from "../context.ts";
import { startWorker } from "../engine/worker.ts";
import { limits } from "../limits.ts";
import { getRun } from "../run/read-run.ts";
import { startGatedRun } from "../testing/gated-people.ts";
import { endOf, told } from "../testing/run-file.ts";
import { startWorkerProcess } from "../testing/start-worker-process.ts";
import { openTestWaybill, testProcess } from "../testing/test-services.ts";
import { listWorkers } from "./list-workers.ts";

const workerTimes = { beatSeconds: 0.3, leaseSeconds: 1.5, rescueSeconds: 0.2, giveBackSeconds: 20 };
const patience = { timeout: 45_000, interval: 50 };

describe("a run in the middle of a batch", () => {
  test("goes on elsewhere when its worker is killed, and every record is there once", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes });
    const killed = startWorkerProcess(ctx);
    const gated = await startGatedRun(ctx);
    await gated.reached();
    killed.child.kill("SIGKILL");
    startWorkerProcess(ctx);
    await untilLogged(ctx, gated.run, "worker_lost");
    await gated.open();
    const { counts, status } = await endOf(ctx, gated.run);
    expect([status, counts]).toMatchObject(["completed", { read: gated.records, inserted: gated.records }]);
    expect(await gated.rows()).toEqual({ all: gated.records, different: gated.records });
    const lost = `lost \\(child\\.example, process \\d+\\); the run goes on after record ${limits.batchRecords}`;
    expect(await told(ctx, gated.run)).toMatch(new RegExp(lost));
  });

  test("goes on elsewhere when its worker freezes, which writes nothing when it wakes up, and lives", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes });
    const frozen = startWorkerProcess(ctx);
    const gated = await startGatedRun(ctx);
    await gated.reached();
    frozen.child.kill("SIGSTOP");
    const other = await startWorker(ctx, testProcess);
    await untilLogged(ctx, gated.run, "worker_lost");
    await gated.open();
    const ended = await endOf(ctx, gated.run);
    expect(ended).toMatchObject({ status: "completed", counts: { inserted: gated.records } });
    await other.stop();
    frozen.child.kill("SIGCONT");
    await untilWorkers(ctx, ["child.example"]);
    expect(await getRun(ctx, { run: gated.run })).toEqual(ended);
    expect(await gated.rows()).toEqual({ all: gated.records, different: gated.records });
    expect(await frozen.stop()).toBe(0);
  });

  test("goes on elsewhere when its worker's network swallows everything, which comes back when that does", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes });
    const line = await laySwallowingLine(ctx.database.url);
    const cutOff = startWorkerProcess(ctx, line.url);
    const gated = await startGatedRun(ctx);
    await gated.reached();
    line.swallow();
    const other = await startWorker(ctx, testProcess);
    await untilLogged(ctx, gated.run, "worker_lost");
    await gated.open();
    const ended = await endOf(ctx, gated.run);
    expect(ended).toMatchObject({ status: "completed", counts: { inserted: gated.records } });
    line.carry();
    await other.stop();
    await untilWorkers(ctx, ["child.example"]);
    expect(await getRun(ctx, { run: gated.run })).toEqual(ended);
    expect(await cutOff.stop()).toBe(0);
  });

  test("is given back at its next checkpoint when its worker stops in order, which ends with code 0", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes });
    const stopped = startWorkerProcess(ctx);
    const gated = await startGatedRun(ctx);
    await gated.reached();
    const code = stopped.stop();
    await gated.open();
    expect(await code).toBe(0);
    const { phase, counts } = await getRun(ctx, { run: gated.run });
    expect([phase, counts.read % limits.batchRecords]).toEqual(["loading", 0]);
    expect((await listWorkers(ctx)).items).toEqual([]);
    const other = await startWorker(ctx, testProcess);
    expect(await endOf(ctx, gated.run)).toMatchObject({ status: "completed", counts: { inserted: gated.records } });
    expect(await told(ctx, gated.run)).not.toContain("lost");
    await other.stop();
  });

  test("is given back, and not counted as a death, when the batch takes longer than a stopping worker waits", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes: { ...workerTimes, giveBackSeconds: 0.5 } });
    const stopped = startWorkerProcess(ctx);
    const gated = await startGatedRun(ctx);
    await gated.reached();
    expect(await stopped.stop()).toBe(0);
    const other = await startWorker(ctx, testProcess);
    await gated.open();
    expect(await endOf(ctx, gated.run)).toMatchObject({ status: "completed", counts: { inserted: gated.records } });
    expect(await gated.rows()).toEqual({ all: gated.records, different: gated.records });
    expect(await told(ctx, gated.run)).not.toContain("lost");
    await other.stop();
  });

  test("is no death either when somebody else holds the run, so that it cannot even be given back", async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes: { ...workerTimes, giveBackSeconds: 0.5 } });
    const stopped = startWorkerProcess(ctx);
    const gated = await startGatedRun(ctx);
    await gated.reached();
    await transaction(ctx.database, async (client) => {
      await client.query("select from waybill.runs where id = $1 for update", [gated.run]);
      expect(await stopped.stop()).toBe(0);
    });
    expect((await listWorkers(ctx)).items).toEqual([]);
    const other = await startWorker(ctx, testProcess);
    await gated.open();
    expect(await endOf(ctx, gated.run)).toMatchObject({ status: "completed", counts: { inserted: gated.records } });
    expect(await told(ctx, gated.run)).not.toContain("lost");
    await other.stop();
  });
});

async function untilLogged(ctx: Context, run: string, event: string): Promise<void> {
  const sql = "select from waybill.run_log where run_id = $1 and event = $2";
  const told = async () => expect((await ctx.database.pool.query(sql, [run, event])).rowCount).toBeGreaterThan(0);
  await vi.waitFor(told, patience);
}

async function untilWorkers(ctx: Context, hosts: string[]): Promise<void> {
  const alive = async () =>
    (await listWorkers(ctx)).items.filter((worker) => !worker.lost).map((worker) => worker.host);
  await vi.waitFor(async () => expect(await alive()).toEqual(hosts), patience);
}
