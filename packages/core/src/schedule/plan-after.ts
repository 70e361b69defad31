import type { PoolClient } from "pg";
import { runChanges } from "../run/run-changes.ts";
import { nextAfter } from "./next-after.ts";
import type { Recurrence } from "./recurrence/recurrence.ts";

/** Plans what comes after an occurrence, and tells of it, in the caller's transaction; after the last one there is nothing. */
export async function planAfter(
  client: PoolClient,
  schedule: { id: string; recurrence: Recurrence; jitterSeconds: number },
  last: Date,
): Promise<void> {
  const next = nextAfter(schedule, last);
  await client.query(
    `with planned as (update waybill.schedules set next_at = $2, due_at = $3 where id = $1 returning id)
     select pg_notify('${runChanges}', id::text) from planned`,
    [schedule.id, next?.at ?? null, next?.dueAt ?? null],
  );
}
