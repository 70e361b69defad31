import type { BenchDatabase } from "../bench/cluster.ts";
import { secondsOf } from "../measure/in-turns.ts";
import type { PeerProgram } from "./peer-program.ts";
import { copyCommand, expectPeerRecords, freshPeerTable, peerTable, stageAndMerge } from "./peer-table.ts";
import { findPgloader } from "./pgloader.ts";
import { findPsql } from "./psql.ts";

/** A CSV that peers load, and how many records it has. */
export interface PeerSource {
  csv: string;
  records: number;
}

/** `psql \copy` into an empty table. */
export async function copyProgram(database: BenchDatabase, { csv, records }: PeerSource): Promise<PeerProgram> {
  const psql = await findPsql();
  const turn =
    psql && (() => loadEmpty(database, records, () => psql.run(database.url, [copyCommand(peerTable, csv)])));
  return { name: "psql \\copy", turn };
}

/** `psql` that stages a CSV and merges it into a table which holds the same records already. */
export async function mergeProgram(database: BenchDatabase, { csv, records }: PeerSource): Promise<PeerProgram> {
  const psql = await findPsql();
  const turn =
    psql &&
    (async () => {
      await freshPeerTable(database);
      await psql.run(database.url, [copyCommand(peerTable, csv), `vacuum (analyze) ${peerTable}`]);
      await database.settle();
      const seconds = await secondsOf(() => psql.run(database.url, stageAndMerge(csv)));
      await expectPeerRecords(database, records);
      return seconds;
    });
  return { name: "psql stage and merge", turn };
}

/** `pgloader` into an empty table. */
export async function pgloaderProgram(database: BenchDatabase, { csv, records }: PeerSource): Promise<PeerProgram> {
  const pgloader = await findPgloader();
  const turn = pgloader && (() => loadEmpty(database, records, () => pgloader.load(database.url, csv)));
  return { name: "pgloader", turn };
}

/** Empties the peers' table, times what loads it, and sees that it holds so many records then. */
export async function loadEmpty(
  database: BenchDatabase,
  records: number,
  load: () => Promise<unknown>,
): Promise<number> {
  await freshPeerTable(database);
  await database.settle();
  const seconds = await secondsOf(load);
  await expectPeerRecords(database, records);
  return seconds;
}
