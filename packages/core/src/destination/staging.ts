import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { limits } from "../limits.ts";
import { quoteName } from "./column.ts";
import type { CopyLines } from "./copy-lines.ts";
import type { PreparedTable } from "./prepare-table.ts";

/** The table that records of a destination are copied into, with its columns. */
export function stagingOf(table: PreparedTable): string {
  const columns = createHash("sha256").update(columnsOf(table)).digest("hex");
  return `pg_temp.waybill_staging_${columns.slice(0, hashCharacters)}`;
}

const hashCharacters = 24;

/**
 * What a transaction that loads begins with. What the destination would check only at the transaction's end it checks at
 * once, so that a refusal is found at its record. Neither the staging table nor a destination that has just been filled has
 * statistics that the planner could trust: looking each key up by its index costs the same however large the destination
 * is. No statement waits long for a lock that somebody else holds; it fails with a fault of the world. Nobody hears what
 * triggers notify of.
 */
export const loadingSettings = `set constraints all immediate; set local enable_seqscan = off;
  set local enable_hashjoin = off; set local enable_mergejoin = off; set local jit = off;
  set local client_min_messages = warning; set local lock_timeout = ${limits.lockWaitMilliseconds}`;

/** Takes everything out of the staging table. */
export async function emptyStaging(client: PoolClient, table: PreparedTable): Promise<void> {
  await client.query(`truncate ${stagingOf(table)}`);
}

/** Puts records into the staging table, which `makeStaging` has made and emptied. */
export async function fillStaging(client: PoolClient, table: PreparedTable, lines: CopyLines): Promise<void> {
  await copyInto(client, `${stagingOf(table)} (${columnList(table)})`, lines);
}

/**
 * SQL that makes the staging table where the connection has none yet, and empties it. That of a dataset stays with its
 * connection, emptied at the end of each transaction: making one anew costs more than loading a few records. That of
 * another table is dropped then, since a type of its owner that it uses could not be dropped meanwhile.
 */
export function makeStaging(table: PreparedTable): string {
  const staging = stagingOf(table);
  return `create temporary table if not exists ${staging.replace("pg_temp.", "")} (${columnsOf(table)})
      on commit ${table.isDataset ? "delete rows" : "drop"};
    truncate ${staging}`;
}

function columnsOf(table: PreparedTable): string {
  return table.columns.map((column) => `${quoteName(column.name)} ${column.type}`).join(", ");
}

/** Copies lines into a table, named with its columns. Gives how many of them it kept. */
export async function copyInto(client: PoolClient, target: string, lines: CopyLines): Promise<number> {
  const copy = client.query(copyFrom(`copy ${target} from stdin`));
  await pipeline(Readable.from(lines.pieces(), { objectMode: false }), copy);
  return copy.rowCount;
}

/** The columns of a table, quoted and in the order of the values of a record. */
export function columnList(table: PreparedTable): string {
  return table.columns.map((column) => quoteName(column.name)).join(", ");
}
