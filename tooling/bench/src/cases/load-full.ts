import type { Bar, Case, Line } from "../case.ts";
import { copyProgram, mergeProgram } from "../peers/load-programs.ts";
import { race } from "../peers/peer-program.ts";
import { describeRecords } from "../report/describe-records.ts";
import { openPeopleLoad } from "../server/people-load.ts";

const bar: Bar = { of: "ratio", first: 0.35, goal: 0.8 };

/** A large zip onto a dataset that holds all of it already. */
export const loadFull: Case = {
  name: "load-full",
  what: "the same large zip again, onto the dataset that holds it, so that no record changes",
  beside: "psql that stages the CSV and merges it by plain SQL; psql \\copy into an empty table",
  measure: (bench) =>
    bench.withServer(async (server, database): Promise<Line[]> => {
      const records = bench.sizes.largeRecords;
      const source = { csv: await bench.files.csv(records), records };
      const load = await openPeopleLoad(bench, server, database);
      const file = await server.upload(await bench.files.zip(records));
      await load.run(file, records);
      const waybill = async () => {
        await database.settle();
        const { run, seconds } = await load.run(file, records);
        if (run.counts.unchanged !== records) throw new Error(`Only ${run.counts.unchanged} records were unchanged.`);
        return seconds;
      };
      const programs = [await mergeProgram(database, source), await copyProgram(database, source)];
      const { values, peers } = await race(bench, bench.times, waybill, programs);
      const what = `${describeRecords(records)} again, none changed`;
      return peers.map((peer) => ({ what, unit: "s", values, peer, bar }));
    }),
};
