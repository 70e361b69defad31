import { z } from "zod";
import type { Context, Services } from "../context.ts";
import type { IssueCode } from "../record/issue-code.ts";
import { conditionsOf, fitting, type RecordConditions, recordFilter } from "./record-filter.ts";
import { type RecordState, recordStates } from "./record-state.ts";

export const countRecordsInput = z.strictObject({ filter: recordFilter.default({}) });

/** How many records have an issue of this code in this field, null for the record as a whole; and the first such issue. */
export interface IssueGroup {
  code: IssueCode;
  field: string | null;
  count: number;
  example: { record: string; value: string | null; message: string };
}

/** How many records fit a filter. */
export interface RecordCounts {
  total: number;
  /** Those of them without an issue left. */
  ready: number;
  states: Record<RecordState, number>;
  /** The most frequent first. */
  groups: IssueGroup[];
}

/** Counts the records that fit, by their states and by their issues. Throws `run_unknown`. */
export async function countRecords(ctx: Context, input: z.output<typeof countRecordsInput>): Promise<RecordCounts> {
  const conditions = await conditionsOf(ctx, input.filter);
  const { values } = conditions;
  const [states, groups] = await Promise.all([
    ctx.database.pool.query<{ state: RecordState; count: number; ready: number }>({
      text: `select r.state, count(*)::float8 as count, count(*) filter (where r.issues = '[]')::float8 as ready
         from ${fitting(conditions)} group by r.state`,
      values,
    }),
    ctx.database.pool.query<IssueGroup>({ text: groupsOf(fitting(conditions)), values }),
  ]);
  const sum = (column: "count" | "ready") => states.rows.reduce((total, row) => total + row[column], 0);
  const counted = Object.fromEntries(states.rows.map(({ state, count }) => [state, count]));
  const all = recordStates.map((state) => [state, counted[state] ?? 0] as const);
  return {
    total: sum("count"),
    ready: sum("ready"),
    states: Object.fromEntries(all) as Record<RecordState, number>,
    groups: groups.rows,
  };
}

/** How many rejected records are open in all; those of test runs do not count. Quick, however many there are. */
export async function countOpenRecords({ database }: Context): Promise<{ open: number }> {
  const { rows } = await database.pool.query<{ open: number }>(
    `select coalesce(sum(open_count), 0)::float8 as open from waybill.runs where open_count > 0 and not test`,
  );
  return { open: rows[0]?.open ?? 0 };
}

/** How many records fit. */
export async function countFitting({ database }: Services, conditions: RecordConditions): Promise<number> {
  const text = `select count(*)::float8 as count from ${fitting(conditions)}`;
  const { rows } = await database.pool.query<{ count: number }>({ text, values: conditions.values });
  return rows[0]?.count ?? 0;
}

function groupsOf(found: string): string {
  return `with found as (
      select issue ->> 'code' as code, issue ->> 'field' as field, count(*)::float8 as count, min(r.id::text)::uuid as id
      from (select r.id, r.issues from ${found}) r cross join jsonb_array_elements(r.issues) issue
      group by 1, 2
    )
    select f.code, f.field, f.count,
      json_build_object('record', f.id, 'value', e.issue -> 'value', 'message', e.issue -> 'message') as example
    from found f join waybill.rejected_records r on r.id = f.id
    cross join lateral (
      select issue from jsonb_array_elements(r.issues) issue
      where issue ->> 'code' = f.code and issue ->> 'field' is not distinct from f.field limit 1
    ) e
    order by f.count desc, f.code, f.field`;
}
