import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { startSet, startSetInput } from "../set/start-set.ts";
import { applyNightly, endOfSet, keepPeople, nightlySteps, statusesOf } from "../testing/nightly-set.ts";
import { type ChildWorker, startWorkerProcess } from "../testing/start-worker-process.ts";
import { openTestWaybill } from "../testing/test-services.ts";

const workerTimes = { beatSeconds: 0.3, leaseSeconds: 1.5, rescueSeconds: 0.2, giveBackSeconds: 20 };
/** How many workers are killed; by hand many more. */
const kills = Number(process.env.WAYBILL_TEST_KILLS ?? 8);
const secondsPerKill = 15;
/** From the moment that a step is told to have changed until the kill: before, while and after it is moved on. */
const delayMillisecondsMax = 40;

test(
  "a set goes on when workers are killed at the bounds of its steps: none is done twice, and none is left out",
  async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes });
    await applyNightly(ctx);
    const sourceFile = await keepPeople(ctx, { count: 20 });
    const killer = startKiller(ctx);
    let setRuns = 0;
    while (killer.killed() < kills) {
      const { id } = await startSet(ctx, startSetInput.parse({ set: "nightly", sourceFile }));
      killer.aimAt(id);
      const ended = await endOfSet(ctx, id);
      expect([ended.status, statusesOf(ended)]).toEqual(["completed", Array(4).fill("completed")]);
      expect(ended.steps.map(({ counts }) => counts)).toEqual(Array(4).fill({ read: 20, rejected: 0 }));
      setRuns++;
    }
    killer.stop();
    const { rows } = await ctx.database.pool.query(
      `select count(*)::int as runs, count(distinct r.id)::int as different, count(p.run_id)::int as of_steps
       from waybill.runs r left join waybill.set_run_steps p on p.run_id = r.id`,
    );
    const all = setRuns * nightlySteps.length;
    expect(rows).toEqual([{ runs: all, different: all, of_steps: all }]);
  },
  kills * secondsPerKill * 1_000 + 30_000,
);

/** Keeps two workers alive, and kills one of them each time that the set run which is aimed at has changed. */
function startKiller(ctx: Context) {
  const stopping = new AbortController();
  const workers: ChildWorker[] = [startWorkerProcess(ctx), startWorkerProcess(ctx)];
  let target = "";
  let killed = 0;
  const hunting = (async () => {
    for await (const change of ctx.changes.follow(stopping.signal)) {
      if (change !== target || killed >= kills) continue;
      await delay(Math.random() * delayMillisecondsMax);
      workers.shift()?.child.kill("SIGKILL");
      killed++;
      workers.push(startWorkerProcess(ctx));
    }
  })();
  return {
    aimAt(setRun: string) {
      target = setRun;
    },
    killed: () => killed,
    stop() {
      stopping.abort();
      return hunting;
    },
  };
}
