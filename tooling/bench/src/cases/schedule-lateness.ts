import { setTimeout as delay } from "node:timers/promises";
import { describeRecurrence } from "@waybill/core/schedule/recurrence/describe";
import { occurrencesAfter } from "@waybill/core/schedule/recurrence/occurrences";
import { type Recurrence, recurrenceSchema } from "@waybill/core/schedule/recurrence/recurrence";
import type { BenchDatabase } from "../bench/cluster.ts";
import type { Bench } from "../bench/open-bench.ts";
import type { Bar, Case, Line } from "../case.ts";
import { openPeopleLoad } from "../server/people-load.ts";
import type { BenchServer } from "../server/start-server.ts";

const records = 10;
const previewed = 100;
/** Each occurrence falls at another place between two looks of the worker. */
const leadMilliseconds = { least: 700, most: 1_900 };
const patienceMilliseconds = 10_000;
const latenessBar: Bar = { of: "median", first: 250 };
const worstBar: Bar = { of: "worst", first: 1_000 };
const previewBar: Bar = { of: "p95", first: 20 };

/** How well a single schedule keeps its time, and how long its preview takes. */
export const scheduleLateness: Case = {
  name: "schedule-lateness",
  what: "how late a single schedule of an idle server is started; the preview of 100 occurrences of each recurrence",
  beside: "250 ms (median) and 1 s (of all, where 99 of 100 are asked for); 20 ms",
  measure: (bench) =>
    bench.withServer(async (server, database): Promise<Line[]> => {
      const values = await measureLateness(bench, server, database);
      const what = "a schedule on an idle server, after its time";
      return [
        { what, unit: "ms", values, bar: latenessBar },
        { what: `${what}, the latest`, unit: "ms", values, bar: worstBar },
        { what: `the preview of ${previewed} occurrences`, unit: "ms", values: measurePreview(bench), bar: previewBar },
      ];
    }),
};

async function measureLateness(bench: Bench, server: BenchServer, database: BenchDatabase): Promise<number[]> {
  const integration = "on-time";
  await openPeopleLoad(bench, server, database, integration);
  const sourceFile = await server.upload(await bench.files.csv(records));
  const recurrence = recurrenceSchema.parse({ kind: "daily", every: 1, at: "00:00", timeZone: "UTC", start: today() });
  const { id } = await server.api.schedules.save.mutate({ name: integration, integration, recurrence, sourceFile });
  const late: number[] = [];
  while (late.length < bench.sizes.occurrences) late.push(await occurOnce(database, id));
  return late;
}

/** Lets the schedule occur at a moment that is near, as no recurrence in whole minutes would; gives how late it was. */
async function occurOnce(database: BenchDatabase, schedule: string): Promise<number> {
  const { least, most } = leadMilliseconds;
  const at = new Date(Date.now() + least + Math.random() * (most - least));
  await database.query("update waybill.schedules set next_at = $2, due_at = $2 where id = $1", [schedule, at]);
  await delay(at.getTime() - Date.now());
  for (const deadline = Date.now() + patienceMilliseconds; Date.now() < deadline; await delay(lookMilliseconds)) {
    const [row] = await database.query<{ late: number; over: boolean }>(
      `select extract(epoch from r.created_at - o.at)::float8 * 1000 as late, r.status <> 'in_progress' as over
       from waybill.occurrences o join waybill.runs r on r.id = o.run_id where o.schedule_id = $1 and o.at = $2`,
      [schedule, at],
    );
    if (row?.over) return row.late;
  }
  throw new Error("The schedule was not started, or its run did not end.");
}

const lookMilliseconds = 100;

function today(): string {
  return `${new Date().toISOString().slice(0, 10)}T00:00`;
}

/** Previews as the console and `waybill schedules preview` do, of every kind in turn; the first ones are cold. */
function measurePreview({ sizes }: Bench): number[] {
  const repeats = { timeZone: "Europe/Berlin", start: "2026-01-01T00:00" };
  const kinds: Recurrence[] = [
    { kind: "hourly", every: 5, ...repeats },
    { kind: "daily", every: 1, at: "02:30", ...repeats },
    { kind: "weekly", every: 2, days: ["mon", "thu"], at: "06:00", ...repeats },
    { kind: "monthly", days: [31, "last"], at: "23:30", missingDay: "skip", ...repeats },
    { kind: "cron", expression: "*/7 8-17 * * mon-fri", ...repeats },
    { kind: "cron", expression: "30 2 * * *", ...repeats },
  ];
  return Array.from({ length: sizes.occurrences }, (_, turn) => kinds[turn % kinds.length]).flatMap((kind) =>
    kind ? [millisecondsOfPreview(kind)] : [],
  );
}

function millisecondsOfPreview(recurrence: Recurrence): number {
  const startedAt = performance.now();
  const found = occurrencesAfter(recurrence, new Date("2026-02-01T00:00:00Z"), previewed);
  const took = performance.now() - startedAt;
  if (found.length < previewed || !describeRecurrence(recurrence)) throw new Error("There were too few occurrences.");
  return took;
}
