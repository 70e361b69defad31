import type { PoolClient } from "pg";
import type { Definition, Field } from "../definition/definition.ts";
import { type Column, columnTypeOf, fieldTypeOf, type QualifiedTable, tableOf, unusable } from "./column.ts";
import { extendDataset } from "./extend-dataset.ts";
import { isOn, type UniqueIndex, uniqueIndexes } from "./unique-index.ts";

/** A table that is ready to be loaded. `columns` are in the order of the definition's fields. */
export interface PreparedTable extends QualifiedTable {
  columns: Column[];
  key: string[];
  mode: "insert" | "upsert" | "replace";
  /** Whether it is a table that Waybill keeps, with types of its own choice. */
  isDataset: boolean;
  /** Whether `COPY` into it does what an insert would. */
  takesCopy: boolean;
  /** Whether each value of a record is read from a string of JSON as `COPY` reads it. */
  takesJson: boolean;
  /**
   * Whether of records with one key, upserted one after another, the last one may be written alone: nothing in the table
   * would see or refuse those before it.
   */
  takesLastOfKey: boolean;
}

/**
 * A destination as it is, looked at without its turn: whoever loads it prepares it again. Gives null for a dataset whose
 * table is not yet what the definition wants. Throws as `prepareTable` does.
 */
export async function findTable(
  client: Pick<PoolClient, "query">,
  definition: Definition,
): Promise<PreparedTable | null> {
  const table = await readDestination(client, definition);
  return isReady(table, definition) ? toPrepared(table, definition) : null;
}

/**
 * Makes the destination ready, within a transaction that has its turn: a dataset's table is created and extended,
 * another table is only looked at.
 * Throws `destination_unusable` when a column is missing or of another type, or a key has no unique index.
 */
export async function prepareTable(client: PoolClient, definition: Definition): Promise<PreparedTable> {
  const before = await readDestination(client, definition);
  if (isReady(before, definition)) return toPrepared(before, definition);
  await extendDataset(client, tableOf(definition.destination), {
    found: before.columns,
    indexes: before.indexes,
    wanted: definition.fields.map(toColumn),
    key: definition.recordKey,
  });
  return toPrepared(await readDestination(client, definition), definition);
}

/** A table that is not Waybill's own is taken as it is. */
function isReady({ columns, indexes }: FoundTable, { destination, fields, recordKey: key }: Definition): boolean {
  if (destination.kind !== "dataset") return true;
  const named = fields.every(({ name }) => columns.some((column) => column.name === name));
  return named && indexes.length === (key.length > 0 ? 1 : 0) && indexes.every((one) => isOn(one, key));
}

function toPrepared(
  { columns: found, indexes }: FoundTable,
  { destination, fields, recordKey: key }: Definition,
): PreparedTable {
  const at = tableOf(destination);
  const isDataset = destination.kind === "dataset";
  if (found.length === 0) throw unusable(at, "it does not exist. Create it, or name another one.");
  const columns = fields.map((field) => matchColumn(at, toColumn(field), found, isDataset));
  if (key.length > 0 && !indexes.some((index) => isOn(index, key)))
    throw unusable(at, `it has no unique index on (${key.join(", ")}), the record key. Create one.`);
  const takesCopy = found.every((column) => column.takesCopy);
  const takesJson = found.every((column) => column.takesJson || !fields.some(({ name }) => name === column.name));
  const takesLastOfKey =
    destination.mode === "upsert" &&
    found.every((column) => column.bare && (!column.required || key.includes(column.name)));
  return { ...at, columns, key, mode: destination.mode, isDataset, takesCopy, takesJson, takesLastOfKey };
}

function toColumn(field: Field): Column {
  return { name: field.name, type: columnTypeOf(field) };
}

/** What a table is made of; nothing where there is none. */
interface FoundTable {
  columns: FoundColumn[];
  indexes: UniqueIndex[];
}

async function readDestination(client: Pick<PoolClient, "query">, { destination }: Definition): Promise<FoundTable> {
  const at = tableOf(destination);
  const { rows } = await client.query<FoundTable>(
    `select (select coalesce(json_agg(c), '[]') from (${foundColumns}) c) as columns,
       (select coalesce(json_agg(x), '[]') from (${uniqueIndexes}) x) as indexes`,
    [at.schema, at.table],
  );
  return rows[0] ?? { columns: [], indexes: [] };
}

interface FoundColumn extends Column {
  /** Whether the table fills it in by itself and takes no value. */
  generated: boolean;
  /** Whether its table may be copied into: rules and the security of rows are for inserts alone, and a view is no place. */
  takesCopy: boolean;
  /**
   * Whether a string of JSON is read as the text in it. Not where JSON is itself a value: of `json`, of `jsonb` and of
   * domains, which may be over them.
   */
  takesJson: boolean;
  /** Whether its table has nothing that could refuse a value of it: no trigger, no constraint and one index, on a key. */
  bare: boolean;
  /** Whether it takes no null. */
  required: boolean;
}

/** SQL for the columns of a table, in their order. */
const foundColumns = `
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    a.attgenerated <> '' or a.attidentity = 'a' as generated,
    c.relkind in ('r', 'p') and not c.relhasrules and not c.relrowsecurity as "takesCopy",
    t.typtype <> 'd' and t.oid not in ('json'::regtype, 'jsonb'::regtype) as "takesJson",
    c.relkind = 'r' and not (c.relhasrules or c.relrowsecurity or c.relhastriggers or c.relhassubclass)
      and a.attgenerated = '' and (
        select count(*) = 1 and bool_and(x.indisunique and x.indnatts = x.indnkeyatts and x.indexprs is null)
        from pg_index x where x.indrelid = c.oid)
      and not exists (
        select from pg_constraint k where k.conrelid = c.oid and k.contype not in ('p', 'u', 'n')) as bare,
    a.attnotnull as required
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_type t on t.oid = a.atttypid
  where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped order by a.attnum`;

function matchColumn(at: QualifiedTable, wanted: Column, found: FoundColumn[], isDataset: boolean): Column {
  const column = found.find((other) => other.name === wanted.name);
  if (!column) throw unusable(at, `it has no column ${wanted.name}. Add it, or take the field out of the definition.`);
  if (column.generated)
    throw unusable(at, `its column ${wanted.name} is generated, so it takes no value. Take the field out.`);
  const same = baseType(column.type) === baseType(wanted.type);
  if (isDataset && !same) {
    const reason = `it keeps ${wanted.name} as ${fieldTypeOf(column.type)}, and the definition now says ${fieldTypeOf(wanted.type)}. Change the type back, or load into another dataset.`;
    throw unusable(at, reason);
  }
  return { name: column.name, type: column.type };
}

function baseType(type: string): string {
  const bare = type.replace(/\(.*?\)/, "").trim();
  return bare === "time without time zone" ? "time" : bare;
}
