import { rm, writeFile } from "node:fs/promises";
import { runProgram } from "../bench/run-program.ts";
import { peopleColumns } from "../data/people-rows.ts";
import { peerTable } from "./peer-table.ts";

/** The loader that is held against Waybill where it is installed. */
export interface Pgloader {
  /** Loads a CSV of people into the peers' table. */
  load(url: string, csv: string): Promise<void>;
}

/** Finds pgloader on the PATH. Null where there is none. */
export async function findPgloader(): Promise<Pgloader | null> {
  const found = await runProgram("pgloader", ["--version"]).catch(() => null);
  if (found === null) return null;
  return {
    async load(url, csv) {
      const commandFile = `${csv}.load`;
      await writeFile(commandFile, commandFor(url, csv));
      await runProgram("pgloader", ["--on-error-stop", commandFile]);
      await rm(commandFile);
    },
  };
}

function commandFor(url: string, csv: string): string {
  const columns = peopleColumns.join(", ");
  // It reads no more of an address than host, port and database, and so not where a socket stands.
  const address = Object.assign(new URL(url), { search: "" }).href;
  return `LOAD CSV
  FROM '${csv}' HAVING FIELDS (${columns})
  INTO ${address}
  TARGET TABLE ${peerTable}
  TARGET COLUMNS (${columns})
  WITH skip header = 1, fields optionally enclosed by '"', fields terminated by ',';
`;
}
