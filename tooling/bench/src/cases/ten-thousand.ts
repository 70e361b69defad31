import type { Bar, Case, Line } from "../case.ts";
import { copyProgram } from "../peers/load-programs.ts";
import { race } from "../peers/peer-program.ts";
import { describeRecords } from "../report/describe-records.ts";
import { openPeopleLoad } from "../server/people-load.ts";

const records = 10_000;
/** n8n 2.39 takes at least 2.4 s from its webhook to the last upsert: a fifth of that, and a twelfth. */
const bar: Bar = { of: "median", first: 0.48, goal: 0.2 };

/** A file of ordinary size on a server that has nothing else to do. */
export const tenThousand: Case = {
  name: "ten-thousand",
  what: "a plain CSV of 10,000 records on an idle server, from the request until Completed",
  beside: "0.48 s, a fifth of what n8n needs; psql \\copy of the same CSV, its start included",
  measure: (bench) =>
    bench.withServer(async (server, database): Promise<Line[]> => {
      const source = { csv: await bench.files.csv(records), records };
      const load = await openPeopleLoad(bench, server, database);
      const file = await server.upload(source.csv);
      const waybill = async () => {
        await load.emptyDataset();
        return (await load.run(file, records)).seconds;
      };
      const program = await copyProgram(database, source);
      const { values, peers } = await race(bench, bench.sizes.middleRuns, waybill, [program]);
      return [{ what: describeRecords(records), unit: "s", values, peer: peers[0], bar }];
    }),
};
