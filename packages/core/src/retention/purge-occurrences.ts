import type { PurgeBatch, PurgeStep } from "./purge-step.ts";

/** Takes what is known of occurrences that were handled before a moment, but for those that still wait. */
export function purgeOccurrences(handledBefore: Date, batch: PurgeBatch): PurgeStep {
  return async (client) => {
    const { rowCount } = await client.query(
      `delete from waybill.occurrences where (schedule_id, at) in (
         select schedule_id, at from waybill.occurrences where handled_at < $1 and state <> 'waiting'
         order by handled_at limit $2 for update skip locked)`,
      [handledBefore, batch.rows],
    );
    return { last: rowCount === 0, removed: { occurrences: rowCount ?? 0 } };
  };
}
