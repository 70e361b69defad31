import type { PoolClient } from "pg";
import type { Definition } from "../definition/definition.ts";
import { type Column, columnTypeOf, type QualifiedTable, quoteName, quoteTable, tableOf, unusable } from "./column.ts";

/** A table that is ready to be loaded. `columns` are in the order of the definition's fields. */
export interface PreparedTable extends QualifiedTable {
  columns: Column[];
  key: string[];
  mode: "insert" | "upsert" | "replace";
}

/**
 * Makes the destination ready: a dataset's table is created and extended, another table is only looked at.
 * Throws `destination_unusable` when a column is missing or of another type, or a key has no unique index.
 */
export async function prepareTable(client: PoolClient, definition: Definition): Promise<PreparedTable> {
  const { destination, recordKey: key } = definition;
  const at = tableOf(destination);
  const wanted = definition.fields.map((field) => ({ name: field.name, type: columnTypeOf(field) }));
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`prepare:${quoteTable(at)}`]);
  if (destination.kind === "dataset") await extendDataset(client, at, wanted, key);
  const found = await readColumns(client, at);
  if (found.length === 0) throw unusable(at, "it does not exist. Create it, or name another one.");
  const columns = wanted.map((column) => matchColumn(at, column, found, destination.kind));
  const keyed = key.length > 0 && destination.kind === "table" ? await hasUniqueIndex(client, at, key) : true;
  if (!keyed) throw unusable(at, `it has no unique index on (${key.join(", ")}), the record key. Create one.`);
  return { ...at, columns, key, mode: destination.mode };
}

async function extendDataset(client: PoolClient, at: QualifiedTable, wanted: Column[], key: string[]): Promise<void> {
  const found = await readColumns(client, at);
  const declare = (column: Column) => `${quoteName(column.name)} ${column.type}`;
  if (found.length === 0) {
    await client.query(`create table if not exists ${quoteTable(at)} (${wanted.map(declare).join(", ")})`);
  } else {
    const missing = wanted.filter((column) => !found.some((other) => other.name === column.name));
    for (const column of missing) await client.query(`alter table ${quoteTable(at)} add column ${declare(column)}`);
  }
  if (key.length > 0 && !(await hasUniqueIndex(client, at, key))) await addKey(client, at, key);
}

async function addKey(client: PoolClient, at: QualifiedTable, key: string[]): Promise<void> {
  await client.query("savepoint add_key");
  try {
    await client.query(`create unique index on ${quoteTable(at)} (${key.map(quoteName).join(", ")})`);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "23505")) throw error;
    throw unusable(
      at,
      `it already holds records with the same (${key.join(", ")}), so these cannot be its record key.`,
    );
  }
  await client.query("release savepoint add_key");
}

async function readColumns(client: PoolClient, at: QualifiedTable): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [at.schema, at.table],
  );
  return rows;
}

function matchColumn(at: QualifiedTable, wanted: Column, found: Column[], kind: "dataset" | "table"): Column {
  const column = found.find((other) => other.name === wanted.name);
  if (!column) throw unusable(at, `it has no column ${wanted.name}. Add it, or take the field out of the definition.`);
  const same = baseType(column.type) === baseType(wanted.type);
  if (kind === "dataset" && !same) {
    throw unusable(at, `its column ${wanted.name} is ${column.type}, and the definition now says ${wanted.type}.`);
  }
  return column;
}

function baseType(type: string): string {
  const bare = type.replace(/\(.*?\)/, "").trim();
  return bare === "time without time zone" ? "time" : bare;
}

/** Whether exactly these columns, in any order, are unique without condition. */
async function hasUniqueIndex(client: PoolClient, at: QualifiedTable, key: string[]): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_index x join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname = $2 and x.indisunique and x.indpred is null and x.indexprs is null
       and (select array_agg(a.attname::text order by a.attname::text) from pg_attribute a
            where a.attrelid = c.oid and a.attnum = any(x.indkey::int2[])) = $3::text[]`,
    [at.schema, at.table, [...key].sort()],
  );
  return rowCount !== 0;
}
