import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
import { type RunListRow, runListColumns } from "./run-row.ts";
import type { RunStatus } from "./status.ts";

/** Which runs are looked for: so many of the newest that come after a place in the list. What is empty fits all. */
export interface RunFilter {
  status: readonly RunStatus[];
  integration: string | null;
  search: string;
  after: readonly [createdAt: string, id: string] | null;
  count: number;
}

/**
 * The runs that fit a filter, newest first. A statement holds only the conditions that are asked for, so that an index
 * which has their order answers it, however many runs are kept.
 */
export async function findRuns(services: Services, filter: RunFilter): Promise<RunListRow[]> {
  if (filter.search === "") return await read(services, newest(filter));
  // A text in the names of many runs is soon met among the newest; for a rare one the names have an index.
  const recent = await read(services, newestNamed(filter));
  return recent.length === filter.count ? recent : await read(services, named(filter));
}

/** Finds the ids of runs. */
interface Statement {
  sql: string;
  values: unknown[];
}

async function read({ database }: Services, { sql, values }: Statement): Promise<RunListRow[]> {
  const text = `select ${runListColumns}
     from waybill.runs r join waybill.integrations i on i.id = r.integration_id
     where r.id in (${sql}) order by r.created_at desc, r.id desc`;
  // Which index is right depends on the values, so this is planned each time.
  const { rows } = await database.pool.query<RunListRow>({ text, values });
  return rows;
}

const newestFirst = "order by created_at desc, id desc";

function newest(filter: RunFilter): Statement {
  const values: unknown[] = [];
  return { sql: `select id from (${recentOf(filter, filter.count, values)}) recent`, values };
}

function newestNamed(filter: RunFilter): Statement {
  const values: unknown[] = [];
  const recent = recentOf(filter, limits.runsSearchedFirst, values);
  const sql = `select id from (${recent}) recent where ${isNamed("lower(name)", filter, values)} ${newestFirst} limit ${filter.count}`;
  return { sql, values };
}

function named(filter: RunFilter): Statement {
  const values: unknown[] = [];
  const hasPieces = `waybill.name_pieces(name) collate "C" @> waybill.searched_pieces(lower(${add(values, filter.search)}))`;
  const conditions = [hasPieces, isNamed("name", filter, values), ...placed(filter, values)];
  const all = `select id, created_at from waybill.run_names where ${conditions.join(" and ")}`;
  const ofStatus =
    filter.status.length > 0
      ? `where (select status from waybill.runs r where r.id = named.id) = any(${add(values, filter.status)})`
      : "";
  const sql = `with named as materialized (${all}) select id from named ${ofStatus} ${newestFirst} limit ${filter.count}`;
  return { sql, values };
}

/** The newest that fit all but the name. Each status is read in its own order, and no further than all may need. */
function recentOf(filter: RunFilter, count: number, values: unknown[]): string {
  const others = placed(filter, values);
  const statuses = filter.status.map((status) => [`status = ${add(values, status)}`]);
  const each = (statuses.length > 0 ? statuses : [[]]).map((status) => {
    const all = [...status, ...others];
    const where = all.length > 0 ? `where ${all.join(" and ")}` : "";
    return `(select id, created_at, name from waybill.runs ${where} ${newestFirst} limit ${count})`;
  });
  return `select * from (${each.join(" union all ")}) fitting ${newestFirst} limit ${count}`;
}

function placed({ integration, after }: RunFilter, values: unknown[]): string[] {
  const conditions: string[] = [];
  if (integration !== null) {
    const key = add(values, integration);
    conditions.push(`integration_id = (select id from waybill.integrations where key = ${key})`);
  }
  if (after) {
    conditions.push(`(created_at, id) < (${add(values, after[0])}::timestamptz, ${add(values, after[1])}::uuid)`);
  }
  return conditions;
}

function isNamed(name: string, { search }: RunFilter, values: unknown[]): string {
  return `${name} like '%' || lower(${add(values, search.replaceAll(/[\\%_]/g, "\\$&"))}) || '%'`;
}

function add(values: unknown[], value: unknown): string {
  return `$${values.push(value)}`;
}
