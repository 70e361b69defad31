import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { quoteName } from "./column.ts";
import { encodeForCopy } from "./copy-text.ts";
import type { PreparedTable } from "./prepare-table.ts";

/** The table that a batch is copied into, with the columns of its destination and the position of each record. */
export const staging = "waybill_staging";

/** Makes the staging table; it lives as long as the client's transaction. */
export async function prepareStaging(client: PoolClient, table: PreparedTable): Promise<void> {
  const columns = table.columns.map((column) => `${quoteName(column.name)} ${column.type}`);
  await client.query(`create temporary table ${staging} (waybill_ordinal int, ${columns.join(", ")}) on commit drop`);
}

/** Puts records in the place of those of the batch before. `columns` are quoted and in the order of the values. */
export async function fillStaging(
  client: PoolClient,
  columns: string,
  records: { values: (string | null)[] }[],
): Promise<void> {
  await client.query(`truncate ${staging}`);
  const copy = client.query(copyFrom(`copy ${staging} (waybill_ordinal, ${columns}) from stdin`));
  await pipeline(Readable.from([encodeForCopy(records.map((record) => record.values))]), copy);
}

/**
 * Runs statements that join the staging table with its destination. The staging table is small and has no statistics,
 * so the planner may choose to read the whole destination for each batch; looking each key up costs the same however
 * large the destination is.
 */
export async function byIndexLookup<Value>(client: PoolClient, work: () => Promise<Value>): Promise<Value> {
  await client.query("set local enable_hashjoin = off; set local enable_mergejoin = off; set local jit = off");
  const value = await work();
  await client.query(
    "set local enable_hashjoin to default; set local enable_mergejoin to default; set local jit to default",
  );
  return value;
}
