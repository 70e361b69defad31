import type { PoolClient } from "pg";
import { type NextOccurrence, nextAfter } from "./next-after.ts";
import type { Recurrence } from "./recurrence/recurrence.ts";

/**
 * What a schedule has planned once its rules are changed: what it had, where it still occurs at the same times, so that an
 * occurrence which is due or put off by chance is started; else `next`, or what comes after it where somebody has skipped
 * that. One that was due and is planned no more is taken down. Holds the schedule until the transaction ends.
 */
export async function keepPlan(
  client: PoolClient,
  id: string,
  rules: PlannedBy,
  next: NextOccurrence | null,
  now: Date,
): Promise<NextOccurrence | null> {
  const { rows } = await client.query<{ nextAt: Date | null; dueAt: Date | null; same: boolean }>(
    `select next_at as "nextAt", due_at as "dueAt", recurrence = $2::jsonb and jitter_seconds = $3 as same
     from waybill.schedules where id = $1 for update`,
    [id, JSON.stringify(rules.recurrence), rules.jitterSeconds],
  );
  const [planned] = rows;
  if (planned?.nextAt && planned.dueAt && planned.same) return { at: planned.nextAt, dueAt: planned.dueAt };
  if (planned?.nextAt && planned.nextAt <= now) await takeDown(client, id, planned.nextAt, now);
  return await withoutSkipped(client, id, rules, next, now);
}

/** What of a schedule its plan follows from. */
interface PlannedBy {
  recurrence: Recurrence;
  jitterSeconds: number;
}

async function withoutSkipped(
  client: PoolClient,
  id: string,
  rules: PlannedBy,
  next: NextOccurrence | null,
  now: Date,
): Promise<NextOccurrence | null> {
  const { rows } = await client.query<{ at: Date }>(
    "select at from waybill.occurrences where schedule_id = $1 and at > $2",
    [id, now],
  );
  const skipped = new Set(rows.map(({ at }) => at.getTime()));
  let coming = next;
  while (coming && skipped.has(coming.at.getTime())) coming = nextAfter(rules, coming.at);
  return coming;
}

async function takeDown(client: PoolClient, id: string, at: Date, now: Date): Promise<void> {
  const note = { code: "schedule_changed", message: "The schedule was given other times before it was started." };
  await client.query(
    `insert into waybill.occurrences (schedule_id, at, state, note, handled_at) values ($1, $2, 'not_started', $3, $4)
     on conflict do nothing`,
    [id, at, JSON.stringify(note), now],
  );
}
