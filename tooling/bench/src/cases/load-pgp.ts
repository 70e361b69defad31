import { join } from "node:path";
import type { Bar, Case, Line } from "../case.ts";
import { decryptProgram } from "../peers/decrypt-program.ts";
import { race } from "../peers/peer-program.ts";
import { describeRecords } from "../report/describe-records.ts";
import { openPeopleLoad } from "../server/people-load.ts";

const bar: Bar = { of: "ratio", first: 0.35, goal: 0.8 };

/** A large zip, encrypted, into an empty dataset. */
export const loadPgp: Case = {
  name: "load-pgp",
  what: "a large zip, encrypted by gpg, into an empty dataset",
  beside: "gpg --decrypt of the encrypted CSV, piped into psql \\copy",
  measure: (bench) =>
    bench.withServer((server, database) =>
      bench.withGpg(async (gpg): Promise<Line[]> => {
        const records = bench.sizes.largeRecords;
        const load = await openPeopleLoad(bench, server, database);
        const zipMessage = join(bench.folder, "people.zip.pgp");
        const csvMessage = join(bench.folder, "people.csv.gpg");
        const { armored } = await server.api.keys.export.query({});
        const options = ["--compress-algo", "none"];
        await gpg.encryptForServer(armored, await bench.files.zip(records), zipMessage, options);
        await gpg.encryptForPeer(await bench.files.csv(records), csvMessage);
        const file = await server.upload(zipMessage);
        const waybill = async () => {
          await load.emptyDataset();
          return (await load.run(file, records)).seconds;
        };
        const program = await decryptProgram(database, { message: csvMessage, gpgHome: gpg.home, records });
        const { values, peers } = await race(bench, bench.times, waybill, [program]);
        const what = `${describeRecords(records)}, encrypted, into an empty dataset`;
        return [{ what, unit: "s", values, peer: peers[0], bar }];
      }),
    ),
};
