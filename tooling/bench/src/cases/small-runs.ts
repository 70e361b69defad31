import type { BenchDatabase } from "../bench/cluster.ts";
import type { Bench } from "../bench/open-bench.ts";
import type { Bar, Case, Line } from "../case.ts";
import { inFlight } from "../measure/in-flight.ts";
import { secondsOf } from "../measure/in-turns.ts";
import { openBareJobs } from "../peers/bare-jobs.ts";
import { race } from "../peers/peer-program.ts";
import type { BenchServer } from "../server/start-server.ts";
import { startWorker } from "../server/start-worker.ts";
import { openPeopleLoad } from "./people-load.ts";

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
      const jobs = await openBareJobs(database, atOnce);
      try {
        const measured = await openMeasured(bench, server, database);
        const compare = async (what: string): Promise<Line> => {
          const turn = () => jobs.run(bench.sizes.smallRuns, atOnce);
          const { values, peers } = await race(bench, bench.times, measured, [{ name: "bare pg-boss jobs", turn }]);
          return { what, unit: "runs/s", values, peer: peers[0], bar };
        };
        const one = await compare("runs of 10 records, one worker");
        return [one, await withSecondWorker(bench, server, database, compare)];
      } finally {
        await jobs.stop();
      }
    }),
};

/** Gives a function that does all runs once and gives runs a second. */
async function openMeasured(bench: Bench, server: BenchServer, database: BenchDatabase) {
  const file = await server.upload(await bench.files.csv(records));
  const lanes = Array.from({ length: atOnce }, (_, lane) => `small-${lane + 1}`);
  const loads = await Promise.all(lanes.map((key) => openPeopleLoad(bench, server, database, key)));
  return async () => {
    const count = bench.sizes.smallRuns;
    return (
      count / (await secondsOf(() => inFlight(count, atOnce, async (lane) => await loads[lane]?.run(file, records))))
    );
  };
}

async function withSecondWorker(
  bench: Bench,
  server: BenchServer,
  database: BenchDatabase,
  compare: (what: string) => Promise<Line>,
): Promise<Line> {
  const what = "runs of 10 records, two workers";
  const started = await startWorker(bench.freshPath(), database, server.masterKey);
  if (started.kind === "refused") {
    return { what, unit: "runs/s", values: [], bar, note: `no second worker: ${started.reason}` };
  }
  try {
    return await compare(what);
  } finally {
    await started.worker.stop();
  }
}
