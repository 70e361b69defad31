import { setTimeout as delay } from "node:timers/promises";
import type { BenchDatabase } from "../bench/cluster.ts";
import type { Bench } from "../bench/open-bench.ts";
import type { Bar, Line } from "../case.ts";
import { secondsBetweenRuns } from "../data/fill-history.ts";
import { startProbe } from "../measure/probe.ts";
import { askReady } from "../server/ask-ready.ts";
import { startServer } from "../server/start-server.ts";

const purgedShare = 0.1;
const probePauseMilliseconds = 50;
const pollMilliseconds = 250;
const secondsPerDay = 86_400;
const bar: Bar = { of: "p95", first: 300 };

/** How soon a server answers while it purges the oldest tenth of a history. Throws when it does not get to its end. */
export async function measurePurge(bench: Bench, database: BenchDatabase, masterKey: string): Promise<Line[]> {
  const days = Math.floor((bench.sizes.historyRuns * (1 - purgedShare) * secondsBetweenRuns) / secondsPerDay);
  const oldest = await findOlder(database, days);
  const runs = oldest.length;
  bench.say(`purging ${runs.toLocaleString("en-US")} runs`);
  const settings = {
    WAYBILL_ROLE: "web",
    WAYBILL_MASTER_KEY: masterKey,
    WAYBILL_KEEP_RUNS_DAYS: String(days),
    // Else the records and logs of the runs that are kept would go first.
    WAYBILL_KEEP_REJECTED_DAYS: "forever",
    WAYBILL_KEEP_LOGS_DAYS: "forever",
  };
  const server = await startServer(bench.freshPath(), database, settings);
  return await bench.thenStop(server.stop, async () => {
    const ready = startProbe(probePauseMilliseconds, () => askReady(server));
    const list = startProbe(probePauseMilliseconds, () => server.api.runs.list.query({}));
    await untilPurged(bench, database, oldest);
    const during = `while ${runs.toLocaleString("en-US")} runs are purged`;
    return [
      { what: `/readyz ${during}`, unit: "ms", values: await ready.stop(), bar },
      { what: `runs.list ${during}`, unit: "ms", values: await list.stop(), bar },
    ];
  });
}

/** The runs that the purge will take; later ones, too, grow older than that meanwhile. */
async function findOlder(database: BenchDatabase, days: number): Promise<string[]> {
  const found = await database.query<{ id: string }>(
    "select id from waybill.runs where finished_at < now() - $1 * interval '1 day' order by finished_at",
    [days],
  );
  return found.map(({ id }) => id);
}

/** They go in the order of their ends. */
async function untilPurged(bench: Bench, database: BenchDatabase, runs: string[]): Promise<void> {
  const last = runs.at(-1);
  while ((await database.query("select from waybill.runs where id = $1", [last])).length > 0) {
    await delay(pollMilliseconds, undefined, { signal: bench.signal });
  }
}
