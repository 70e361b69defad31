import type { PoolClient } from "pg";
import type { NextOccurrence } from "./next-after.ts";
import type { Recurrence } from "./recurrence/recurrence.ts";

/**
 * What a schedule has planned once its rules are changed: what it had, where it still occurs at the same times, so that an
 * occurrence which is due or put off by chance is started; else `next`. One that was due and is planned no more is taken
 * down. Holds the schedule until the transaction ends.
 */
export async function keepPlan(
  client: PoolClient,
  id: string,
  { recurrence, jitterSeconds }: { recurrence: Recurrence; jitterSeconds: number },
  next: NextOccurrence | null,
  now: Date,
): Promise<NextOccurrence | null> {
  const { rows } = await client.query<{ nextAt: Date | null; dueAt: Date | null; same: boolean }>(
    `select next_at as "nextAt", due_at as "dueAt", recurrence = $2::jsonb and jitter_seconds = $3 as same
     from waybill.schedules where id = $1 for update`,
    [id, JSON.stringify(recurrence), jitterSeconds],
  );
  const [planned] = rows;
  if (!planned?.nextAt || !planned.dueAt) return next;
  if (planned.same) return { at: planned.nextAt, dueAt: planned.dueAt };
  if (planned.nextAt <= now) await takeDown(client, id, planned.nextAt, now);
  return next;
}

async function takeDown(client: PoolClient, id: string, at: Date, now: Date): Promise<void> {
  const note = { code: "schedule_changed", message: "The schedule was given other times before it was started." };
  await client.query(
    `insert into waybill.occurrences (schedule_id, at, state, note, handled_at) values ($1, $2, 'not_started', $3, $4)
     on conflict do nothing`,
    [id, at, JSON.stringify(note), now],
  );
}
