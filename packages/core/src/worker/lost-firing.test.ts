import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { saveSchedule, saveScheduleInput } from "../schedule/save-schedule.ts";
import { keepPeople } from "../testing/nightly-set.ts";
import { type ChildWorker, startWorkerProcess } from "../testing/start-worker-process.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { fakeClock, openTestWaybill } from "../testing/test-services.ts";

const workerTimes = { beatSeconds: 0.5, leaseSeconds: 3, rescueSeconds: 0.5, giveBackSeconds: 20 };
/** Few and short here; by hand twenty workers, two hundred schedules and ten minutes. */
const workerCount = Number(process.env.WAYBILL_TEST_WORKERS ?? 3);
const scheduleCount = Number(process.env.WAYBILL_TEST_SCHEDULES ?? 24);
const killingSeconds = Number(process.env.WAYBILL_TEST_SECONDS ?? 8);
/** From one kill to the next, on average. */
const pauseSeconds = Number(process.env.WAYBILL_TEST_PAUSE_SECONDS ?? 1);
const integrations = ["one", "two", "three", "four"];
/** So many are due at once when the workers begin, all of them still in time. */
const dueMinutes = 4;
const settlingSeconds = 120;

test(
  "each occurrence has one run or one reason, whichever workers are killed while schedules are fired",
  async () => {
    const ctx = await openTestWaybill({ worker: false, workerTimes, clock: fakeClock(new Date().toISOString()) });
    await scheduleEachMinute(ctx);
    const kills = await killAtRandom(ctx);
    await until(ctx, "not exists (select from waybill.schedules where due_at <= now())");
    await ctx.database.pool.query("update waybill.schedules set next_at = null, due_at = null");
    await until(
      ctx,
      `not exists (select from waybill.occurrences where state = 'waiting')
       and not exists (select from waybill.runs where status = 'in_progress')`,
    );
    const told = await tell(ctx);
    expect(told).toMatchObject({ twice: 0, without: 0, both: 0, withoutOccurrence: 0, gaps: 0, unended: 0 });
    expect(told.occurrences).toBeGreaterThanOrEqual(scheduleCount * dueMinutes);
    expect(told.started).toBeGreaterThan(0);
    expect(kills).toBeGreaterThan(0);
    console.info({ kills, ...told });
  },
  (killingSeconds + 2 * settlingSeconds) * 1_000 + 30_000,
);

/** Schedules of each minute and each rule for overlap, that all have some occurrences behind them. */
async function scheduleEachMinute(ctx: Context): Promise<void> {
  for (const key of integrations) {
    await applyIntegration(ctx, { yaml: testDefinition({ key, destination: `{ dataset: ${key}, mode: upsert }` }) });
  }
  const sourceFile = await keepPeople(ctx, { count: 20 });
  const recurrence = { kind: "cron", expression: "* * * * *", timeZone: "UTC", start: "2026-01-01T00:00" };
  for (let number = 0; number < scheduleCount; number++) {
    const integration = integrations[number % integrations.length];
    const overlap = ["skip", "queue", "allow"][number % 3];
    await saveSchedule(
      ctx,
      saveScheduleInput.parse({ name: `${number}`, integration, recurrence, overlap, sourceFile }),
    );
  }
  await ctx.database.pool.query(
    `update waybill.schedules set next_at = next_at - $1 * interval '1 minute', due_at = due_at - $1 * interval '1 minute'`,
    [dueMinutes],
  );
}

/** Keeps workers alive for a while, and kills one of them now and then; gives how many. */
async function killAtRandom(ctx: Context): Promise<number> {
  const workers: ChildWorker[] = Array.from({ length: workerCount }, () => startWorkerProcess(ctx));
  let kills = 0;
  for (const end = Date.now() + killingSeconds * 1_000; Date.now() < end; ) {
    await delay(Math.random() * 2_000 * pauseSeconds);
    const [victim] = workers.splice(Math.floor(Math.random() * workers.length), 1);
    victim?.child.kill("SIGKILL");
    kills++;
    workers.push(startWorkerProcess(ctx));
  }
  return kills;
}

/** Waits until the database says that this holds; the workers that are left see to it. */
async function until(ctx: Context, condition: string): Promise<void> {
  for (const deadline = Date.now() + settlingSeconds * 1_000; Date.now() < deadline; await delay(200)) {
    const { rows } = await ctx.database.pool.query<{ holds: boolean }>(`select ${condition} as holds`);
    if (rows[0]?.holds) return;
  }
  throw new Error(`It took more than ${settlingSeconds} s until ${condition}.`);
}

interface Told {
  occurrences: number;
  started: number;
  notStarted: number;
  /** Runs of more than one occurrence, and occurrences that have neither a run nor a reason, or both. */
  twice: number;
  without: number;
  both: number;
  /** Runs that no occurrence tells of. */
  withoutOccurrence: number;
  /** Minutes between the first and the last occurrence of a schedule that have none. */
  gaps: number;
  unended: number;
}

async function tell(ctx: Context): Promise<Told> {
  const { rows } = await ctx.database.pool.query<Told>(
    `select count(*)::int as occurrences,
       count(*) filter (where o.run_id is not null)::int as started,
       count(*) filter (where o.state = 'not_started')::int as "notStarted",
       (count(o.run_id) - count(distinct o.run_id))::int as twice,
       count(*) filter (where r.id is null and o.note is null)::int as without,
       count(*) filter (where o.run_id is not null and o.note is not null)::int as both,
       (select count(*) from waybill.runs where trigger = 'schedule')::int - count(distinct r.id)::int
         as "withoutOccurrence",
       (select coalesce(sum(minutes + 1 - times), 0)::int from (
          select extract(epoch from max(at) - min(at)) / 60 as minutes, count(*) as times
          from waybill.occurrences group by schedule_id) as of_schedule) as gaps,
       (select count(*) from waybill.runs where status = 'in_progress')::int as unended
     from waybill.occurrences o left join waybill.runs r on r.id = o.run_id`,
  );
  const [told] = rows;
  if (!told) throw new Error("Nothing was counted.");
  return told;
}
