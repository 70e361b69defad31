import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { quoteName } from "./column.ts";
import type { CopyLines } from "./copy-lines.ts";
import type { PreparedTable } from "./prepare-table.ts";

/** The table that records are copied into, with the columns of their destination. */
export const staging = "pg_temp.waybill_staging";

/**
 * Makes the client's transaction ready to load. What the destination would check only at the transaction's end it
 * checks at once, so that a refusal is found at its record. Neither the staging table nor a destination that has just
 * been filled has statistics that the planner could trust: looking each key up by its index costs the same however
 * large the destination is.
 */
export async function prepareLoading(client: PoolClient): Promise<void> {
  await client.query(
    `set constraints all immediate; set local enable_seqscan = off; set local enable_hashjoin = off;
     set local enable_mergejoin = off; set local jit = off`,
  );
}

/** Puts records into the staging table, in the place of those before. It lives as long as the client's transaction. */
export async function fillStaging(client: PoolClient, table: PreparedTable, lines: CopyLines): Promise<void> {
  await makeStaging(client, table);
  await copyInto(client, `${staging} (${columnList(table)})`, lines);
}

/** Makes the staging table where the transaction has none yet, and empties it. */
export async function makeStaging(client: PoolClient, table: PreparedTable): Promise<void> {
  const columns = table.columns.map((column) => `${quoteName(column.name)} ${column.type}`).join(", ");
  await client.query(
    `set local client_min_messages = warning;
     create temporary table if not exists waybill_staging (${columns}) on commit drop; truncate ${staging}`,
  );
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
