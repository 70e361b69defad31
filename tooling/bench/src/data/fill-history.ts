import type { BenchDatabase } from "../bench/cluster.ts";

/** How far apart the runs of a history begin. */
export const secondsBetweenRuns = 30;

/** Of one long statement the database might judge by what stood there before it, and check each run by the wrong index. */
const runsPerStatement = 50_000;

const before = `n * interval '${secondsBetweenRuns} seconds'`;

/** What differs in each run of the history; all else is as in the runs that it is made from. */
const overrides: Record<string, string> = {
  id: "gen_random_uuid()",
  name: "'history ' || n || ' of ' || t.name",
  status: `case when n % 101 < 91 then 'completed' when n % 101 < 98 then 'completed_with_errors'
    when n % 101 < 100 then 'failed' else 'cancelled' end`,
  rejected_count: "case when n % 101 between 91 and 97 then 2 else 0 end",
  created_at: `t.created_at - ${before}`,
  started_at: `t.started_at - ${before}`,
  finished_at: `t.finished_at - ${before}`,
};

/**
 * Stores so many runs that are over, the oldest with the highest number: of all integrations that have run, one after
 * the other, a tenth of them not Completed.
 */
export async function fillHistory(database: BenchDatabase, runs: number): Promise<void> {
  const columns = await database.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'waybill' and table_name = 'runs' and is_generated = 'NEVER' order by ordinal_position`,
  );
  const names = columns.map(({ name }) => name);
  const values = names.map((name) => overrides[name] ?? `t."${name}"`);
  for (let from = 1; from <= runs; from += runsPerStatement) {
    const to = Math.min(runs, from + runsPerStatement - 1);
    await database.query(
      `with templates as (
         select *, row_number() over (order by id) - 1 as at, count(*) over () as count from waybill.runs
         where name not like 'history %'
       )
       insert into waybill.runs (${names.map((name) => `"${name}"`).join(", ")})
       select ${values.join(", ")} from generate_series(${from}, ${to}) n join templates t on t.at = n % t.count`,
    );
  }
  await database.query(
    `insert into waybill.run_issue_counts (run_id, code, field, count)
     select id, 'value_invalid', 'salary', 2 from waybill.runs where rejected_count > 0`,
  );
  await database.query("vacuum (analyze)");
}
