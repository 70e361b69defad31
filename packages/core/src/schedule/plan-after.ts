import type { PoolClient } from "pg";
import { runChanges } from "../run/run-changes.ts";
import { type NextOccurrence, nextAfter } from "./next-after.ts";
import type { Recurrence } from "./recurrence/recurrence.ts";

/**
 * Plans what comes after an occurrence, but for what was skipped, and tells of it, in the caller's transaction; after the
 * last one there is nothing.
 */
export async function planAfter(
  client: PoolClient,
  schedule: { id: string; recurrence: Recurrence; jitterSeconds: number },
  last: Date,
): Promise<void> {
  let next = nextAfter(schedule, last);
  while (!(await plan(client, schedule.id, next)) && next) next = nextAfter(schedule, next.at);
}

/** Gives whether it is planned: one of which something is taken down already is not. */
async function plan(client: PoolClient, id: string, next: NextOccurrence | null): Promise<boolean> {
  const { rowCount } = await client.query(
    `with planned as (
       update waybill.schedules set next_at = $2, due_at = $3
       where id = $1 and not exists (select from waybill.occurrences where schedule_id = $1 and at = $2)
       returning id
     )
     select pg_notify('${runChanges}', id::text) from planned`,
    [id, next?.at ?? null, next?.dueAt ?? null],
  );
  return rowCount === 1;
}
