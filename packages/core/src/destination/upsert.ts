import { DatabaseError, type PoolClient } from "pg";
import { quoteName, quoteTable } from "./column.ts";
import type { PreparedTable } from "./prepare-table.ts";
import { staging } from "./staging.ts";

/** How many records were new, changed and the same. */
export interface Upserted {
  inserted: number;
  updated: number;
  unchanged: number;
}

const uniqueViolation = "23505";

/**
 * Compares with what is there, so that an unchanged record costs no write. Should another program insert one of the
 * keys in the same moment, the batch is merged once more in the way that expects it.
 */
export async function upsert(
  client: PoolClient,
  table: PreparedTable,
  columns: string,
  count: number,
): Promise<Upserted> {
  await client.query("savepoint waybill_merge");
  try {
    return await merge(client, mergeByComparison(table, columns), count);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== uniqueViolation) throw error;
    await client.query("rollback to savepoint waybill_merge");
    return await merge(client, mergeOnConflict(table, columns), count);
  }
}

async function merge(client: PoolClient, sql: string, count: number): Promise<Upserted> {
  const { rows } = await client.query<{ inserted: number; updated: number }>(sql);
  const { inserted = 0, updated = 0 } = rows[0] ?? {};
  return { inserted, updated, unchanged: count - inserted - updated };
}

function mergeByComparison(table: PreparedTable, columns: string): string {
  const rest = restOf(table);
  const same = table.key.map((name) => `d.${quoteName(name)} = s.${quoteName(name)}`).join(" and ");
  const isNew = `d.${quoteName(table.key[0] ?? "")} is null`;
  const list = (alias: string) => rest.map((name) => `${alias}.${quoteName(name)}`).join(", ");
  const changed = rest.length === 0 ? isNew : `${isNew} or (${list("d")}) is distinct from (${list("s")})`;
  const assignments = rest.map((name) => `${quoteName(name)} = s.${quoteName(name)}`).join(", ");
  const update = `update ${quoteTable(table)} d set ${assignments} from compared s where not s.waybill_new and ${same} returning 1`;
  return `with compared as materialized (
      select s.*, ${isNew} as waybill_new from ${staging} s left join ${quoteTable(table)} d on ${same} where ${changed}
    ), inserted as (
      insert into ${quoteTable(table)} (${columns})
      select ${columns} from compared where waybill_new order by waybill_ordinal returning 1
    ), updated as (${rest.length === 0 ? "select 1 where false" : update})
    select (select count(*)::int from inserted) as inserted, (select count(*)::int from updated) as updated`;
}

function mergeOnConflict(table: PreparedTable, columns: string): string {
  const rest = restOf(table);
  const assignments = rest.map((name) => `${quoteName(name)} = excluded.${quoteName(name)}`).join(", ");
  const list = (alias: string) => rest.map((name) => `${alias}.${quoteName(name)}`).join(", ");
  const update = `do update set ${assignments} where (${list("d")}) is distinct from (${list("excluded")})`;
  return `with merged as (
      insert into ${quoteTable(table)} as d (${columns}) select ${columns} from ${staging} order by waybill_ordinal
      on conflict (${table.key.map(quoteName).join(", ")}) ${rest.length === 0 ? "do nothing" : update}
      returning (xmax = 0) as inserted
    ) select count(*) filter (where inserted)::int as inserted, count(*) filter (where not inserted)::int as updated
      from merged`;
}

function restOf(table: PreparedTable): string[] {
  return table.columns.map((column) => column.name).filter((name) => !table.key.includes(name));
}
