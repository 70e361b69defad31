import type { BenchDatabase } from "../bench/cluster.ts";
import type { Bench } from "../bench/open-bench.ts";
import type { Bar, Case, Line } from "../case.ts";
import { inFlight } from "../measure/in-flight.ts";
import { secondsOf } from "../measure/in-turns.ts";
import { openBareJobs } from "../peers/bare-jobs.ts";
import { type Race, race } from "../peers/peer-program.ts";
import { openPeopleLoad } from "../server/people-load.ts";
import type { BenchServer } from "../server/start-server.ts";
import { startWorker } from "../server/start-worker.ts";

const records = 10;
const atOnce = 8;
const bar: Bar = { of: "median", first: 60, goal: 200 };

/** Many small runs beside each other. */
export const smallRuns: Case = {
  name: "small-runs",
  what: "runs of 10 records of 8 integrations, 8 at a time, each awaited; with one worker and with two",
  beside: "bare jobs of pg-boss, 8 at a time, that insert one row each",
  measure: (bench) =>
    bench.withServer(async (server, database) => {
      const runsPerSecond = await openRuns(bench, server, database);
      const jobs = await openBareJobs(database, atOnce);
      return await bench.thenStop(jobs.stop, async () => {
        const turn = () => jobs.run(bench.sizes.smallRuns, atOnce);
        const compare = () => race(bench, bench.times, runsPerSecond, [{ name: "bare pg-boss jobs", turn }]);
        const one = toLine("one worker", await compare());
        return [one, await withSecondWorker(bench, server, database, compare)];
      });
    }),
};

/** Gives a function that does all runs once and gives runs a second. */
async function openRuns(bench: Bench, server: BenchServer, database: BenchDatabase): Promise<() => Promise<number>> {
  const count = bench.sizes.smallRuns;
  const file = await server.upload(await bench.files.csv(records));
  const lanes = Array.from({ length: atOnce }, (_, lane) => `small-${lane + 1}`);
  const loads = await Promise.all(lanes.map((key) => openPeopleLoad(bench, server, database, key)));
  const runAll = () => inFlight(count, atOnce, async (lane) => await loads[lane]?.run(file, records));
  return async () => count / (await secondsOf(runAll));
}

async function withSecondWorker(
  bench: Bench,
  server: BenchServer,
  database: BenchDatabase,
  compare: () => Promise<Race>,
): Promise<Line> {
  const started = await startWorker(bench.freshPath(), database, server.masterKey);
  switch (started.kind) {
    case "refused":
      return { ...toLine("two workers", { values: [], peers: [] }), note: `no second worker: ${started.reason}` };
    case "started":
      return toLine("two workers", await bench.thenStop(started.worker.stop, compare));
  }
}

function toLine(workers: string, { values, peers }: Race): Line {
  return { what: `runs of 10 records, ${workers}`, unit: "runs/s", values, peer: peers[0], bar };
}
