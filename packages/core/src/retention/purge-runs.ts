import { finalRunStatuses } from "../run/status.ts";
import type { PurgeBatch, PurgeStep } from "./purge-step.ts";
import { deleteLog, deleteRejected } from "./run-details.ts";

/** Takes runs that ended before a moment, once what hangs on them is nearly gone. */
export function purgeRuns(endedBefore: Date, batch: PurgeBatch): PurgeStep {
  return async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select id from waybill.runs
       where finished_at < $1 and finished_at is not null and status = any($2)
       order by finished_at limit $3 for update skip locked`,
      [endedBefore, finalRunStatuses, batch.runs],
    );
    const ids = rows.map((run) => run.id);
    const rejectedRecords = await deleteRejected(client, ids, batch.rows);
    const logLines = await deleteLog(client, ids, batch.rows);
    const bare = rejectedRecords < batch.rows && logLines < batch.rows;
    if (bare) await client.query("delete from waybill.runs where id = any($1)", [ids]);
    return { last: ids.length === 0, removed: { rejectedRecords, logLines, runs: bare ? ids.length : 0 } };
  };
}
