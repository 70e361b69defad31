import type { Bar, Case, Line } from "../case.ts";
import { copyProgram, pgloaderProgram } from "../peers/load-programs.ts";
import { race } from "../peers/peer-program.ts";
import { describeRecords } from "../report/describe-records.ts";
import { openPeopleLoad } from "../server/people-load.ts";

const besideCopy: Bar = { of: "ratio", first: 0.35, goal: 0.8 };
const besidePgloader: Bar = { of: "ratio", first: 4, goal: 10 };

/** A large zip into an empty dataset. */
export const loadEmpty: Case = {
  name: "load-empty",
  what: "a large zip into an empty dataset, from the request until Completed",
  beside: "psql \\copy of its CSV into such a table with its unique index; pgloader, where it is installed",
  measure: (bench) =>
    bench.withServer(async (server, database): Promise<Line[]> => {
      const records = bench.sizes.largeRecords;
      const source = { csv: await bench.files.csv(records), records };
      const load = await openPeopleLoad(bench, server, database);
      const file = await server.upload(await bench.files.zip(records));
      const speeds: number[] = [];
      const waybill = async () => {
        await load.emptyDataset();
        const { run, seconds } = await load.run(file, records);
        const { recordsPerSecond } = await server.api.runs.get.query({ run: run.id });
        speeds.push(recordsPerSecond ?? Number.NaN);
        return seconds;
      };
      const programs = [await copyProgram(database, source), await pgloaderProgram(database, source)];
      const { values, peers } = await race(bench, bench.times, waybill, programs);
      const what = `${describeRecords(records)} into an empty dataset`;
      return [
        { what, unit: "s", values, peer: peers[0], bar: besideCopy },
        { what, unit: "s", values, peer: peers[1], bar: besidePgloader },
        { what: `${what}, while loading`, unit: "records/s", values: speeds },
      ];
    }),
};
