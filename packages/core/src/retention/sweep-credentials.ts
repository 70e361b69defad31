import type { PurgeBatch, PurgeStep } from "./purge-step.ts";

/** Takes sign-in links and sessions that are too old to open anything. */
export function sweepCredentials(now: Date, batch: PurgeBatch): PurgeStep {
  return async (client) => {
    const { rowCount } = await client.query(
      `delete from waybill.credentials where sha256 in (
         select sha256 from waybill.credentials where expires_at <= $1 limit $2)`,
      [now, batch.rows],
    );
    const removed = rowCount ?? 0;
    return { last: removed < batch.rows, removed: { expiredCredentials: removed } };
  };
}
