import type { PurgeBatch, PurgeStep } from "./purge-step.ts";

/** Takes notifications that were delivered, or given up, before a moment. Those that are still to be sent stay. */
export function purgeDeliveries(finishedBefore: Date, batch: PurgeBatch): PurgeStep {
  return async (client) => {
    const { rowCount } = await client.query(
      `delete from waybill.deliveries where id in (
         select id from waybill.deliveries where finished_at < $1 and finished_at is not null
         order by finished_at limit $2 for update skip locked)`,
      [finishedBefore, batch.rows],
    );
    return { last: rowCount === 0, removed: { deliveries: rowCount ?? 0 } };
  };
}
