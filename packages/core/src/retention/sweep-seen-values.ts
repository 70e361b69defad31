import type { PurgeBatch, PurgeStep } from "./purge-step.ts";

/** Takes what runs that are over saw in their `unique` fields, where it was left: by a lost worker, or as they were cancelled. */
export function sweepSeenValues(batch: PurgeBatch): PurgeStep {
  return async (client) => {
    const { rowCount } = await client.query(
      `delete from waybill.run_seen_values where (run_id, rule, value) in (
         select run_id, rule, value from waybill.run_seen_values where run_id in (${runsThatAreOver}) limit $1)`,
      [batch.rows],
    );
    const removed = rowCount ?? 0;
    return { last: removed < batch.rows, removed: { seenValues: removed } };
  };
}

/** Goes from run to run in the index, since one that is at work may have seen millions of values. */
const runsThatAreOver = `
  with recursive seen (run_id) as (
    (select run_id from waybill.run_seen_values order by run_id limit 1)
    union all
    select (select v.run_id from waybill.run_seen_values v where v.run_id > seen.run_id order by v.run_id limit 1)
    from seen where seen.run_id is not null)
  select seen.run_id from seen
  where not exists (select from waybill.runs r where r.id = seen.run_id and r.status = 'in_progress')`;
