import type { PoolClient } from "pg";
import { quoteName, quoteTable } from "./column.ts";
import type { PreparedTable } from "./prepare-table.ts";
import { columnList, staging } from "./staging.ts";

/** The staged records from the ordinal `from` up to, not including, `to`. */
export interface StagedRange {
  from: number;
  to: number;
}

/** What merging a range did. `taken` are the ordinals that an insert left out, since their keys were there already. */
export interface Merged {
  inserted: number;
  updated: number;
  unchanged: number;
  taken: number[];
}

/** The destination kept fewer records than it was given, as a trigger may do. */
export class RecordsDropped extends Error {}

/** Merges a range of distinct keys into the destination. Throws what the database refuses, or `RecordsDropped`. */
export async function merge(client: PoolClient, table: PreparedTable, range: StagedRange): Promise<Merged> {
  if (table.key.length === 0) return await append(client, table, range);
  return table.mode === "upsert" ? await upsert(client, table, range) : await insert(client, table, range);
}

async function append(client: PoolClient, table: PreparedTable, { from, to }: StagedRange): Promise<Merged> {
  const columns = columnList(table);
  const { rowCount } = await client.query(
    `insert into ${quoteTable(table)} (${columns})
     select ${columns} from ${staging} where waybill_ordinal >= $1 and waybill_ordinal < $2 order by waybill_ordinal`,
    [from, to],
  );
  if (rowCount !== to - from) throw new RecordsDropped();
  return { inserted: to - from, updated: 0, unchanged: 0, taken: [] };
}

/** Inserts what is new; what is there already is left as it is. */
async function insert(client: PoolClient, table: PreparedTable, { from, to }: StagedRange): Promise<Merged> {
  const columns = columnList(table);
  const { rows } = await client.query<{ taken: number[]; inserted: number }>(
    `with compared as materialized (
       select s.*, d.waybill_found is not null as waybill_taken
       from ${staging} s left join lateral (${lookUp(table, "true as waybill_found")}) d on true
       where s.waybill_ordinal >= $1 and s.waybill_ordinal < $2
     ), inserted as (
       insert into ${quoteTable(table)} (${columns})
       select ${columns} from compared where not waybill_taken order by waybill_ordinal returning 1
     )
     select (select count(*)::int from inserted) as inserted,
       (select coalesce(array_agg(waybill_ordinal order by waybill_ordinal), '{}') from compared where waybill_taken) as taken`,
    [from, to],
  );
  const { inserted = 0, taken = [] } = rows[0] ?? {};
  if (inserted !== to - from - taken.length) throw new RecordsDropped();
  return { inserted, updated: 0, unchanged: 0, taken };
}

/** Compares with what is there and writes only what is new or differs, so that an unchanged record costs no write. */
async function upsert(client: PoolClient, table: PreparedTable, { from, to }: StagedRange): Promise<Merged> {
  const columns = columnList(table);
  const rest = table.columns.map((column) => column.name).filter((name) => !table.key.includes(name));
  const list = (alias: string) => rest.map((name) => `${alias}.${quoteName(name)}`).join(", ");
  const changed = rest.length === 0 ? "" : `or (${list("d")}) is distinct from (${list("s")})`;
  const assignments = rest.map((name) => `${quoteName(name)} = excluded.${quoteName(name)}`).join(", ");
  const { rows } = await client.query<{ news: number; changes: number; written: number }>(
    `with compared as materialized (
       select s.*, d.waybill_found is null as waybill_new
       from ${staging} s left join lateral (${lookUp(table, "true as waybill_found, d.*")}) d on true
       where s.waybill_ordinal >= $1 and s.waybill_ordinal < $2 and (d.waybill_found is null ${changed})
     ), written as (
       insert into ${quoteTable(table)} as d (${columns})
       select ${columns} from compared order by waybill_ordinal
       on conflict (${table.key.map(quoteName).join(", ")})
       ${rest.length === 0 ? "do nothing" : `do update set ${assignments}`} returning 1
     )
     select (select count(*)::int from written) as written, count(*) filter (where waybill_new)::int as news,
       count(*) filter (where not waybill_new)::int as changes from compared`,
    [from, to],
  );
  const { news = 0, changes = 0, written = 0 } = rows[0] ?? {};
  if (written !== news + changes) throw new RecordsDropped();
  return { inserted: news, updated: changes, unchanged: to - from - news - changes, taken: [] };
}

function lookUp(table: PreparedTable, columns: string): string {
  const same = table.key.map((name) => `d.${quoteName(name)} = s.${quoteName(name)}`).join(" and ");
  return `select ${columns} from ${quoteTable(table)} d where ${same} limit 1`;
}
