import type { PurgeBatch, PurgeStep } from "./purge-step.ts";

/**
 * Takes notifications that were delivered, or given up, before a moment, or wait since before it for a rule that is paused.
 * Those that are still to be sent stay.
 */
export function purgeDeliveries(before: Date, batch: PurgeBatch): PurgeStep {
  return async (client) => {
    const { rowCount } = await client.query(
      `with finished as (
         select id from waybill.deliveries where finished_at < $1 and finished_at is not null
         order by finished_at limit $2 for update skip locked
       ), waiting as (
         select d.id from waybill.notification_rules n join waybill.deliveries d on d.rule_id = n.id
         where n.paused_at < $1 and d.created_at < $1 and d.finished_at is null limit $2 for update of d skip locked
       )
       delete from waybill.deliveries where id in (select id from finished union all select id from waiting)`,
      [before, batch.rows],
    );
    return { last: rowCount === 0, removed: { deliveries: rowCount ?? 0 } };
  };
}
