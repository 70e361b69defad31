import { findEnded } from "./find-ended.ts";
import type { PurgeBatch, PurgeStep } from "./purge-step.ts";
import { daysBefore, daysText } from "./retention.ts";
import { deleteLog } from "./run-details.ts";

/** Takes the logs of runs that are kept longer, and leaves one line in each which says so. */
export function purgeLogs(now: Date, days: number, batch: PurgeBatch): PurgeStep {
  return async (client) => {
    const ids = await findEnded(client, daysBefore(now, days), batch.runs, "log_purged_at");
    const removed = await deleteLog(client, ids, batch.rows);
    if (removed < batch.rows) {
      await client.query("update waybill.runs set log_purged_at = $2 where id = any($1)", [ids, now]);
      await client.query(
        `insert into waybill.run_log (run_id, at, level, event, message)
         select id, $2, 'info', 'log_purged', $3 from unnest($1::uuid[]) as given (id)`,
        [ids, now, `The log until here was purged: logs are kept for ${daysText(days)} (WAYBILL_KEEP_LOGS_DAYS).`],
      );
    }
    return { last: ids.length === 0, removed: { logLines: removed } };
  };
}
