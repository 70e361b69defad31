import type { Client } from "pg";

/**
 * Makes the index by which runs are found by a part of their name. It stands on the extension pg_trgm; where that is
 * not to be had, or this user may not install it, names are searched without an index, and the next start tries again.
 * Gives why there is no index, or null.
 */
export async function ensureNameSearch(client: Client): Promise<unknown> {
  const { rows } = await client.query<{ found: boolean }>(
    "select to_regclass('waybill.runs_name_search') is not null as found",
  );
  if (rows[0]?.found) return null;
  await client.query("begin");
  try {
    await client.query("create extension if not exists pg_trgm schema waybill");
    await client.query(makeIndex);
    await client.query("commit");
    return null;
  } catch (error) {
    await client.query("rollback");
    return error;
  }
}

/** An extension that was there before may stand in any schema. */
const makeIndex = `do $$
  declare home name;
  begin
    select n.nspname into home
      from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
    execute format('create index runs_name_search on waybill.runs using gin (lower(name) %I.gin_trgm_ops)', home);
  end $$`;
