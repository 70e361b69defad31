import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { quoteName } from "./column.ts";
import { encodeForCopy } from "./copy-text.ts";
import type { PreparedTable } from "./prepare-table.ts";

/** The table that a batch is copied into, with the columns of its destination and the position of each record. */
export const staging = "waybill_staging";

/**
 * Makes the staging table; it lives as long as the client's transaction. What the destination would check only at the
 * transaction's end it checks at once from here on, so that a refusal is found at its record.
 */
export async function prepareStaging(client: PoolClient, table: PreparedTable): Promise<void> {
  const columns = table.columns.map((column) => `${quoteName(column.name)} ${column.type}`);
  await client.query(
    `set constraints all immediate;
     create temporary table ${staging} (waybill_ordinal int, ${columns.join(", ")}) on commit drop`,
  );
}

/** Puts records in the place of those of the batch before; each one's ordinal is its position. */
export async function fillStaging(
  client: PoolClient,
  table: PreparedTable,
  records: { values: (string | null)[] }[],
): Promise<void> {
  await client.query(`truncate ${staging}`);
  const copy = client.query(copyFrom(`copy ${staging} (waybill_ordinal, ${columnList(table)}) from stdin`));
  await pipeline(Readable.from([encodeForCopy(records.map((record) => record.values))]), copy);
}

const planner = ["enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit"];

/**
 * Runs statements that look records of the staging table up in the destination. Neither table has statistics that the
 * planner could trust; looking each key up by its index costs the same however large the destination is.
 */
export async function byIndexLookup(client: PoolClient, work: () => Promise<void>): Promise<void> {
  await client.query(planner.map((setting) => `set local ${setting} = off`).join("; "));
  await work();
  await client.query(planner.map((setting) => `set local ${setting} to default`).join("; "));
}

/** The columns of a table, quoted and in the order of the values of a record. */
export function columnList(table: PreparedTable): string {
  return table.columns.map((column) => quoteName(column.name)).join(", ");
}
