import { setTimeout as delay } from "node:timers/promises";
import type { BenchDatabase } from "../bench/cluster.ts";
import type { Bar, Case, Line } from "../case.ts";
import { storeDueSchedules } from "../data/due-schedules.ts";
import { startProbe } from "../measure/probe.ts";
import { askReady } from "../server/ask-ready.ts";
import { openPeopleLoad } from "../server/people-load.ts";

const integrationCount = 20;
const records = 10;
const probePauseMilliseconds = 50;
const lookMilliseconds = 500;
/** Schedules that are not all started after so long are given up. */
const secondsMax = 300;
const firstBar: Bar = { of: "worst", first: 1 };
const allBar: Bar = { of: "worst", first: 60 };
const answerBar: Bar = { of: "p95", first: 300 };

/** Very many schedules that are due in the same second. */
export const schedulesDue: Case = {
  name: "schedules-due",
  what: "schedules of 20 integrations that are all due in the same second: until the first and the last is started",
  beside: "1 s for the first and 60 s for the last; 300 ms, at the 95th percentile, for the API meanwhile",
  measure: (bench) =>
    bench.withServer(async (server, database): Promise<Line[]> => {
      const integrations = Array.from({ length: integrationCount }, (_, index) => `due-${index + 1}`);
      for (const key of integrations) await openPeopleLoad(bench, server, database, key);
      const file = await server.upload(await bench.files.csv(records));
      const count = bench.sizes.dueSchedules;
      const at = await storeDueSchedules(server, database, { integrations, file, count });
      bench.say(`${count} schedules are due at ${at.toISOString()}`);
      await delay(at.getTime() - Date.now());
      const ready = startProbe(probePauseMilliseconds, () => askReady(server));
      const list = startProbe(probePauseMilliseconds, () => server.api.runs.list.query({}));
      const lateness = await untilStarted(database, at, count);
      bench.say(`first ${lateness.first} s, last ${lateness.last} s`);
      const what = `of ${count.toLocaleString("en-US")} schedules due at once`;
      const during = `while ${count.toLocaleString("en-US")} schedules are due`;
      return [
        { what: `the first ${what}`, unit: "s", values: [lateness.first], bar: firstBar },
        { what: `the last ${what}`, unit: "s", values: [lateness.last], bar: allBar },
        { what: `/readyz ${during}`, unit: "ms", values: await ready.stop(), bar: answerBar },
        { what: `runs.list ${during}`, unit: "ms", values: await list.stop(), bar: answerBar },
      ];
    }),
};

/** How late the first and the last run were started, in seconds. Throws where one was started twice, or is not started. */
async function untilStarted(database: BenchDatabase, at: Date, count: number) {
  for (const deadline = Date.now() + secondsMax * 1_000; Date.now() < deadline; ) {
    await delay(lookMilliseconds);
    const [row] = await database.query<{ started: number; runs: number; first: number; last: number }>(
      `select (select count(*)::int from waybill.occurrences where state = 'started') as started,
         (select count(*)::int from waybill.runs where trigger = 'schedule') as runs,
         extract(epoch from min(created_at) - $1)::float8 as first,
         extract(epoch from max(created_at) - $1)::float8 as last
       from waybill.runs where trigger = 'schedule'`,
      [at],
    );
    if (!row || row.started < count) continue;
    if (row.runs !== count) throw new Error(`${count} schedules have started ${row.runs} runs.`);
    return row;
  }
  throw new Error(`Not all of ${count} schedules were started within ${secondsMax} s.`);
}
