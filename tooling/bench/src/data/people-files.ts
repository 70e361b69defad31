import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { runProgram } from "../bench/run-program.ts";
import { peopleCsv } from "./people-rows.ts";

/** Files of people, each made when it is first asked for, by its number of records. */
export interface PeopleFiles {
  csv(records: number): Promise<string>;
  zip(records: number): Promise<string>;
}

/** Keeps files of people in a folder; zips are made by the real `zip`. */
export function openPeopleFiles(folder: string, say: (text: string) => void): PeopleFiles {
  const made = new Map<string, Promise<string>>();
  const once = (name: string, make: (path: string) => Promise<unknown>) => {
    const path = join(folder, name);
    const making = made.get(name) ?? make(path).then(() => path);
    made.set(name, making);
    return making;
  };
  const csv = (records: number) =>
    once(`people-${records}.csv`, async (path) => {
      say(`writing ${records} records`);
      await pipeline(Readable.from(peopleCsv(records)), createWriteStream(path));
    });
  return {
    csv,
    zip: (records) =>
      once(`people-${records}.zip`, async (path) => {
        const source = await csv(records);
        say(`zipping ${records} records`);
        await runProgram("zip", ["-q", "-j", path, source]);
      }),
  };
}
