import { DatabaseError, type PoolClient } from "pg";
import { type Column, type QualifiedTable, quoteName, quoteTable, unusable } from "./column.ts";
import { isOn, type UniqueIndex } from "./unique-index.ts";

/** What a dataset's table has, and what a definition wants of it. */
interface Extension {
  found: Column[];
  indexes: UniqueIndex[];
  wanted: Column[];
  key: string[];
}

/** Makes a dataset's table, or adds what it lacks: columns, and a unique index on the record key. */
export async function extendDataset(
  client: PoolClient,
  at: QualifiedTable,
  { found, indexes, wanted, key }: Extension,
): Promise<void> {
  const declare = (column: Column) => `${quoteName(column.name)} ${column.type}`;
  const missing = wanted.filter((column) => !found.some((other) => other.name === column.name));
  if (found.length === 0) {
    await client.query(`create table ${quoteTable(at)} (${wanted.map(declare).join(", ")})`);
  } else {
    for (const column of missing) await client.query(`alter table ${quoteTable(at)} add column ${declare(column)}`);
  }
  const keys = [key, ...(await keysInUse(client, at.table))];
  const unused = indexes.filter((index) => !keys.some((one) => isOn(index, one)));
  for (const index of unused) await client.query(`drop index ${index.name}`);
  if (key.length > 0 && !indexes.some((index) => isOn(index, key))) await addKey(client, at, key);
}

/**
 * The record keys by which the integrations of today, and runs that are under way, load a dataset; the indexes of any
 * others only stand in the way.
 */
async function keysInUse(client: PoolClient, dataset: string): Promise<string[][]> {
  const { rows } = await client.query<{ key: string[] }>(
    `select v.definition -> 'recordKey' as key
     from waybill.integrations i
     join waybill.integration_versions v on v.integration_id = i.id and v.version = i.current_version
     where i.deleted_at is null and v.definition -> 'destination' ->> 'dataset' = $1
     union
     select v.definition -> 'recordKey'
     from waybill.runs r
     join waybill.integration_versions v on v.integration_id = r.integration_id and v.version = r.version
     where r.status = 'in_progress' and r.phase <> 'queued' and v.definition -> 'destination' ->> 'dataset' = $1`,
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
