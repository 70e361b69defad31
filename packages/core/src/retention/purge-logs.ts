import { finalRunStatuses } from "../run/status.ts";
import type { PurgeBatch, PurgeStep } from "./purge-step.ts";
import { daysBefore, daysText } from "./retention.ts";
import { deleteLog } from "./run-details.ts";

/** Takes the logs of runs that are kept longer, and leaves one line in each which says so. */
export function purgeLogs(now: Date, days: number, batch: PurgeBatch): PurgeStep {
  return async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select id from waybill.runs
       where finished_at < $1 and finished_at is not null and log_purged_at is null and status = any($2)
       order by finished_at limit $3 for update skip locked`,
      [daysBefore(now, days), finalRunStatuses, batch.runs],
    );
    const ids = rows.map((run) => run.id);
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
