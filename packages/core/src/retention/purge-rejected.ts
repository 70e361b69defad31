import type { RunNote } from "../run/run-summary.ts";
import { findEnded } from "./find-ended.ts";
import type { PurgeBatch, PurgeStep } from "./purge-step.ts";
import { daysBefore, daysText } from "./retention.ts";
import { deleteRejected } from "./run-details.ts";

/** Takes the rejected records of runs that are kept longer, and leaves a note in the Run Summary. */
export function purgeRejected(now: Date, days: number, batch: PurgeBatch): PurgeStep {
  return async (client) => {
    const ids = await findEnded(client, daysBefore(now, days), batch.runs, "rejected_purged_at");
    const removed = await deleteRejected(client, ids, batch.rows);
    if (removed < batch.rows) {
      await client.query(
        `update waybill.runs set rejected_purged_at = $2, open_count = 0,
           notes = case when rejected_count > 0 then notes || $3::jsonb else notes end
         where id = any($1)`,
        [ids, now, JSON.stringify([noteOf(now, days)])],
      );
    }
    return { last: ids.length === 0, removed: { rejectedRecords: removed } };
  };
}

function noteOf(now: Date, days: number): RunNote {
  const message = `The rejected records were purged on ${now.toISOString().slice(0, 10)}: they are kept for ${daysText(days)} (WAYBILL_KEEP_REJECTED_DAYS). Their counts stay; run its file again to see them.`;
  return { code: "rejected_purged", message };
}
