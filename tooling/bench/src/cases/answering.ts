import { setTimeout as delay } from "node:timers/promises";
import type { BenchDatabase } from "../bench/cluster.ts";
import type { Bench } from "../bench/open-bench.ts";
import type { Bar, Case, Line } from "../case.ts";
import { startProbe } from "../measure/probe.ts";
import { describeRecords } from "../report/describe-records.ts";
import { askReady } from "../server/ask-ready.ts";
import { openPeopleLoad } from "../server/people-load.ts";
import type { BenchServer } from "../server/start-server.ts";

const smallRecords = 10;
const probePauseMilliseconds = 50;
const smallRunPauseMilliseconds = 500;
const answerBar: Bar = { of: "p95", first: 300 };
const smallRunBar: Bar = { of: "worst", first: 3 };

/** What the rest of a server's users feel of a huge file. */
export const answering: Case = {
  name: "answering",
  what: "how soon the API answers, and how long a small run takes, while a huge zip is loaded",
  beside: "300 ms, at the 95th percentile, and 3 s",
  measure: (bench) =>
    bench.withServer(async (server, database): Promise<Line[]> => {
      const records = bench.sizes.hugeRecords;
      const huge = await openPeopleLoad(bench, server, database, "huge");
      const file = await server.upload(await bench.files.zip(records));
      const small = await openSmallRuns(bench, server, database);
      const ready = startProbe(probePauseMilliseconds, () => askReady(server));
      const list = startProbe(probePauseMilliseconds, () => server.api.runs.list.query({}));
      const smallSeconds = await small.repeatUntil(huge.run(file, records));
      const during = `while ${describeRecords(records)} are loaded`;
      return [
        { what: `/readyz ${during}`, unit: "ms", values: await ready.stop(), bar: answerBar },
        { what: `runs.list ${during}`, unit: "ms", values: await list.stop(), bar: answerBar },
        { what: `a run of 10 records ${during}`, unit: "s", values: smallSeconds, bar: smallRunBar },
      ];
    }),
};

async function openSmallRuns(bench: Bench, server: BenchServer, database: BenchDatabase) {
  const load = await openPeopleLoad(bench, server, database, "small");
  const file = await server.upload(await bench.files.csv(smallRecords));
  return {
    /** Starts a small run now and then until something is over; gives the seconds that each took. */
    async repeatUntil(end: Promise<unknown>): Promise<number[]> {
      const seconds: number[] = [];
      let over = false;
      const ending = end.finally(() => {
        over = true;
      });
      ending.catch(() => undefined);
      await delay(smallRunPauseMilliseconds);
      while (!over) {
        seconds.push((await load.run(file, smallRecords)).seconds);
        await delay(smallRunPauseMilliseconds);
      }
      await ending;
      return seconds;
    },
  };
}
