import { DatabaseError, type PoolClient } from "pg";
import { type Column, type QualifiedTable, quoteName, quoteTable, unusable } from "./column.ts";
import { isOn, readUniqueIndexes } from "./unique-index.ts";

/** Makes a dataset's table, or adds what it lacks: columns, and a unique index on the record key. */
export async function extendDataset(
  client: PoolClient,
  at: QualifiedTable,
  { found, wanted, key }: { found: Column[]; wanted: Column[]; key: string[] },
): Promise<void> {
  const declare = (column: Column) => `${quoteName(column.name)} ${column.type}`;
  if (found.length === 0) {
    await client.query(`create table ${quoteTable(at)} (${wanted.map(declare).join(", ")})`);
  } else {
    const missing = wanted.filter((column) => !found.some((other) => other.name === column.name));
    for (const column of missing) await client.query(`alter table ${quoteTable(at)} add column ${declare(column)}`);
  }
  const indexes = await readUniqueIndexes(client, at);
  const keys = [key, ...(await keysInUse(client, at.table))];
  for (const index of indexes) {
    if (!keys.some((one) => isOn(index, one))) await client.query(`drop index ${index.name}`);
  }
  if (key.length > 0 && !indexes.some((index) => isOn(index, key))) await addKey(client, at, key);
}

/** The record keys by which the integrations of today load a dataset; the indexes of any others only stand in the way. */
async function keysInUse(client: PoolClient, dataset: string): Promise<string[][]> {
  const { rows } = await client.query<{ key: string[] }>(
    `select v.definition -> 'recordKey' as key
     from waybill.integrations i
     join waybill.integration_versions v on v.integration_id = i.id and v.version = i.current_version
     where i.deleted_at is null and v.definition -> 'destination' ->> 'dataset' = $1`,
    [dataset],
  );
  return rows.map((row) => row.key);
}

const uniqueViolation = "23505";

async function addKey(client: PoolClient, at: QualifiedTable, key: string[]): Promise<void> {
  try {
    await client.query(`create unique index on ${quoteTable(at)} (${key.map(quoteName).join(", ")})`);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== uniqueViolation) throw error;
    const reason = `it already holds records with the same (${key.join(", ")}), so these cannot be its record key. Choose other fields.`;
    throw unusable(at, reason);
  }
}
