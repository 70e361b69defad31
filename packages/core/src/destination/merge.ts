import type { PoolClient } from "pg";
import { quoteName, quoteTable } from "./column.ts";
import { quoteKey } from "./find-ranges.ts";
import type { PreparedTable } from "./prepare-table.ts";
import type { RecordsGiven } from "./records-given.ts";
import { columnList } from "./staging.ts";

/** What merging did. `taken` are the positions that an insert left out, since their keys were there already. */
export interface Merged {
  inserted: number;
  updated: number;
  unchanged: number;
  taken: number[];
}

/** The destination kept fewer records than it was given, as a trigger may do. */
export class RecordsDropped extends Error {}

/** A key stands more than once among the records, which are to come in one after the other. */
export class KeysRepeated extends Error {}

/** Merges so many records into the destination. Throws what the database refuses, `RecordsDropped` or `KeysRepeated`. */
export async function merge(
  client: PoolClient,
  table: PreparedTable,
  count: number,
  given: RecordsGiven,
): Promise<Merged> {
  if (table.key.length === 0) return await append(client, table, count, given);
  return table.mode === "upsert"
    ? await upsert(client, table, count, given)
    : await insert(client, table, count, given);
}

async function append(client: PoolClient, table: PreparedTable, count: number, given: RecordsGiven): Promise<Merged> {
  const columns = columnList(table);
  const { rowCount } = await client.query(
    `insert into ${quoteTable(table)} (${columns}) select ${columns} from (${given.query}) s order by waybill_place`,
    given.values,
  );
  if (rowCount !== count) throw new RecordsDropped();
  return { inserted: count, updated: 0, unchanged: 0, taken: [] };
}

/** Inserts what is new; what is there already is left as it is. */
async function insert(client: PoolClient, table: PreparedTable, count: number, given: RecordsGiven): Promise<Merged> {
  const columns = columnList(table);
  const { rows } = await client.query<{ distinct: boolean; taken: number[]; inserted: number }>(
    `with ${named(given)}, compared as materialized (
       select s.*, row_number() over (order by s.waybill_place) - 1 as waybill_position,
         d.waybill_found is null as waybill_new
       from ${givenBesideThere(table)}
     ), ${keysChecked(table)}, inserted as (
       insert into ${quoteTable(table)} (${columns})
       select ${columns} from compared where waybill_new and (${keysDistinct}) order by waybill_position returning 1
     )
     select (${keysDistinct}) as distinct, (select count(*)::int from inserted) as inserted,
       (select coalesce(array_agg(waybill_position::int order by waybill_position), '{}')
        from compared where not waybill_new) as taken`,
    given.values,
  );
  const { inserted, taken } = expectDistinct(rows);
  if (inserted !== count - taken.length) throw new RecordsDropped();
  return { inserted, updated: 0, unchanged: 0, taken };
}

/** Compares with what is there and writes only what is new or differs, so that an unchanged record costs no write. */
async function upsert(client: PoolClient, table: PreparedTable, count: number, given: RecordsGiven): Promise<Merged> {
  const columns = columnList(table);
  const rest = columnsBesidesKey(table);
  const list = (alias: string) => rest.map((name) => `${alias}.${name}`).join(", ");
  const changed = rest.length === 0 ? "" : `or (${list("d")}) is distinct from (${list("s")})`;
  const { rows } = await client.query<{ distinct: boolean; news: number; changes: number; written: number }>(
    `with ${named(given)}, compared as materialized (
       select s.*, d.waybill_found is null as waybill_new
       from ${givenBesideThere(table)} where d.waybill_found is null ${changed}
     ), ${keysChecked(table)}, written as (
       insert into ${quoteTable(table)} as d (${columns})
       select ${columns} from compared where (${keysDistinct}) order by waybill_place ${onConflict(table)} returning 1
     )
     select (${keysDistinct}) as distinct, (select count(*)::int from written) as written,
       count(*) filter (where waybill_new)::int as news, count(*) filter (where not waybill_new)::int as changes
     from compared`,
    given.values,
  );
  const { news, changes, written } = expectDistinct(rows);
  if (written !== news + changes) throw new RecordsDropped();
  return { inserted: news, updated: changes, unchanged: count - news - changes, taken: [] };
}

function named({ query, kept }: RecordsGiven): string {
  return `waybill_given as ${kept} (${query})`;
}

/** SQL for the records given, as `s`, each beside the row `d` of its key, if there is one. */
function givenBesideThere(table: PreparedTable): string {
  const rows = `select true as waybill_found, d.* from ${quoteTable(table)} d where`;
  const same = table.key.map(quoteName).map((name) => `d.${name} = s.${name}`);
  const key = quoteKey(table);
  return isFetchedAtOnce(table)
    ? `waybill_given s full join (${rows} d.${key} = any (array(select ${key} from waybill_given))) d on ${same.join()}`
    : `waybill_given s left join lateral (${rows} ${same.join(" and ")} limit 1) d on true`;
}

/**
 * Whether the rows there are fetched in one pass over the index of the key, whose neighbouring entries lie together, and
 * then joined; by a full join, since the planner cannot make that a loop over all of them for each record. No index offers
 * such a pass for a key of several columns, nor SQL for one of arrays: their rows are looked up one by one.
 */
function isFetchedAtOnce({ key, columns }: PreparedTable): boolean {
  return key.length === 1 && !columns.some(({ name, type }) => name === key[0] && type.endsWith("[]"));
}

/**
 * SQL that finds out whether no key stands twice among the records given. It is asked only when some of those `compared`
 * are to be written: of records that change nothing, any may stand twice.
 */
function keysChecked(table: PreparedTable): string {
  const repeats = `select from waybill_given group by ${quoteKey(table)} having count(*) > 1`;
  const written = table.mode === "upsert" ? "" : "where waybill_new";
  return `checked as materialized (
    select case when exists (select from compared ${written}) then not exists (${repeats}) else true end as "distinct")`;
}

const keysDistinct = `select "distinct" from checked`;

function expectDistinct<Row extends { distinct: boolean }>([row]: Row[]): Row {
  if (!row?.distinct) throw new KeysRepeated();
  return row;
}

/** What an upsert does with a record that is there already. */
export function onConflict(table: PreparedTable): string {
  const assignments = columnsBesidesKey(table).map((name) => `${name} = excluded.${name}`);
  const action = assignments.length === 0 ? "do nothing" : `do update set ${assignments.join(", ")}`;
  return `on conflict (${table.key.map(quoteName).join(", ")}) ${action}`;
}

/** Quoted. */
export function columnsBesidesKey(table: PreparedTable): string[] {
  return table.columns.filter(({ name }) => !table.key.includes(name)).map(({ name }) => quoteName(name));
}
