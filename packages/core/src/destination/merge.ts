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
  const distinct = keysDistinct(table, given);
  const { rows } = await client.query<{ distinct: boolean; taken: number[]; inserted: number }>(
    `with waybill_given as (${given.query}), compared as materialized (
       select s.*, row_number() over (order by s.waybill_place) - 1 as waybill_position,
         d.waybill_found is not null as waybill_taken
       from waybill_given s left join lateral (${lookUp(table, "true as waybill_found")}) d on true where ${distinct}
     ), inserted as (
       insert into ${quoteTable(table)} (${columns})
       select ${columns} from compared where not waybill_taken order by waybill_position returning 1
     )
     select ${distinct} as distinct, (select count(*)::int from inserted) as inserted,
       (select coalesce(array_agg(waybill_position::int order by waybill_position), '{}') from compared where waybill_taken) as taken`,
    given.values,
  );
  const { inserted, taken } = expectDistinct(rows);
  if (inserted !== count - taken.length) throw new RecordsDropped();
  return { inserted, updated: 0, unchanged: 0, taken };
}

/** Compares with what is there and writes only what is new or differs, so that an unchanged record costs no write. */
async function upsert(client: PoolClient, table: PreparedTable, count: number, given: RecordsGiven): Promise<Merged> {
  const columns = columnList(table);
  const distinct = keysDistinct(table, given);
  const rest = columnsBesidesKey(table);
  const list = (alias: string) => rest.map((name) => `${alias}.${name}`).join(", ");
  const changed = rest.length === 0 ? "" : `or (${list("d")}) is distinct from (${list("s")})`;
  const { rows } = await client.query<{ distinct: boolean; news: number; changes: number; written: number }>(
    `with waybill_given as (${given.query}), compared as materialized (
       select s.*, d.waybill_found is null as waybill_new
       from waybill_given s left join lateral (${lookUp(table, "true as waybill_found, d.*")}) d on true
       where ${distinct} and (d.waybill_found is null ${changed})
     ), written as (
       insert into ${quoteTable(table)} as d (${columns}) select ${columns} from compared order by waybill_place
       ${onConflict(table)} returning 1
     )
     select ${distinct} as distinct, (select count(*)::int from written) as written,
       count(*) filter (where waybill_new)::int as news, count(*) filter (where not waybill_new)::int as changes
     from compared`,
    given.values,
  );
  const { news, changes, written } = expectDistinct(rows);
  if (written !== news + changes) throw new RecordsDropped();
  return { inserted: news, updated: changes, unchanged: count - news - changes, taken: [] };
}

/** SQL for whether no key stands twice in `waybill_given`. */
function keysDistinct(table: PreparedTable, given: RecordsGiven): string {
  if (given.keysDistinct) return "true";
  return `not exists (select from waybill_given group by ${quoteKey(table)} having count(*) > 1)`;
}

function expectDistinct<Row extends { distinct: boolean }>([row]: Row[]): Row {
  if (!row?.distinct) throw new KeysRepeated();
  return row;
}

function lookUp(table: PreparedTable, columns: string): string {
  const same = table.key.map((name) => `d.${quoteName(name)} = s.${quoteName(name)}`).join(" and ");
  return `select ${columns} from ${quoteTable(table)} d where ${same} limit 1`;
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
