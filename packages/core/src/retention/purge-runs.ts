import { findEnded } from "./find-ended.ts";
import type { PurgeBatch, PurgeStep } from "./purge-step.ts";
import { deleteLog, deleteRejected, deleteResubmitted } from "./run-details.ts";

/** Takes runs that ended before a moment, once what hangs on them is nearly gone, and then bulk edits as old. */
export function purgeRuns(endedBefore: Date, batch: PurgeBatch): PurgeStep {
  return async (client) => {
    const ids = await findEnded(client, endedBefore, batch.runs);
    const rejectedRecords = await deleteRejected(client, ids, batch.rows);
    const logLines = await deleteLog(client, ids, batch.rows);
    const resubmitted = await deleteResubmitted(client, ids, batch.rows);
    const bare = [rejectedRecords, logLines, resubmitted].every((removed) => removed < batch.rows);
    if (bare) await client.query("delete from waybill.runs where id = any($1)", [ids]);
    if (ids.length === 0) await client.query("delete from waybill.bulk_edits where finished_at < $1", [endedBefore]);
    return { last: ids.length === 0, removed: { rejectedRecords, logLines, runs: bare ? ids.length : 0 } };
  };
}
