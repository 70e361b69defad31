import type { MissedPolicy, OverlapPolicy } from "@waybill/db/words";
import type { PoolClient } from "pg";
import { nameOfActor } from "../access/sign-in.ts";
import type { Actor, Services } from "../context.ts";
import { openSecrets } from "../run/run-secrets.ts";
import type { Recurrence } from "./recurrence/recurrence.ts";

/** A schedule as whoever starts its runs needs it. */
export interface DueSchedule {
  id: string;
  name: string;
  actor: Actor;
  /** The key of what it runs. */
  integration: string | null;
  set: string | null;
  recurrence: Recurrence;
  parameters: Record<string, unknown>;
  files: { step: string; key: string; id: string }[];
  overlap: OverlapPolicy;
  missed: MissedPolicy;
  missedWindowMinutes: number;
  jitterSeconds: number;
  pauseAfterFailures: number | null;
  paused: boolean;
  nextAt: Date | null;
  /** Occurrences that wait for the run of an earlier one to end, the oldest first. */
  waiting: Date[];
}

interface DueRow extends Omit<DueSchedule, "actor"> {
  createdBy: string;
  secrets: Record<string, string>;
}

/** A schedule with its files and secrets; null where it is not there any more. */
export async function readDue({ database, masterKey }: Services, id: string): Promise<DueSchedule | null> {
  const { rows } = await database.pool.query<DueRow>(
    `select s.id, s.name, s.created_by as "createdBy", i.key as integration, t.key as set, s.recurrence, s.parameters,
       s.secrets, s.overlap, s.missed, s.missed_window_minutes as "missedWindowMinutes",
       s.jitter_seconds as "jitterSeconds", s.pause_after_failures as "pauseAfterFailures",
       s.paused_at is not null as paused, s.next_at as "nextAt",
       (select coalesce(json_agg(json_build_object('step', f.step, 'key', f.key, 'id', f.file_id)), '[]')
        from waybill.schedule_files f where f.schedule_id = s.id) as files,
       array(select o.at from waybill.occurrences o where o.schedule_id = s.id and o.state = 'waiting' order by o.at)
         as waiting
     from waybill.schedules s left join waybill.integrations i on i.id = s.integration_id
     left join waybill.sets t on t.id = s.set_id where s.id = $1`,
    [id],
  );
  const [row] = rows;
  if (!row) return null;
  const { createdBy, secrets, parameters, ...schedule } = row;
  const actor = { id: createdBy, name: nameOfActor(createdBy) };
  return { ...schedule, actor, parameters: openSecrets(masterKey, parameters, secrets) };
}

/** Holds a schedule until the transaction ends; gives whether it stands as it was read. */
export async function holdDue(client: PoolClient, { id, nextAt, paused }: DueSchedule): Promise<boolean> {
  const { rows } = await client.query<{ nextAt: Date | null; paused: boolean }>(
    `select next_at as "nextAt", paused_at is not null as paused from waybill.schedules where id = $1
     for update skip locked`,
    [id],
  );
  return rows[0]?.nextAt?.getTime() === nextAt?.getTime() && rows[0]?.paused === paused;
}

/**
 * Gives which of these occurrences are open: nobody has started one meanwhile, and nobody has skipped it, by the rows that
 * stand once the schedule is held.
 */
export async function findOpen(
  client: PoolClient,
  { id }: DueSchedule,
  asked: readonly { at: Date }[],
): Promise<(one: { at: Date }) => boolean> {
  const { rows } = await client.query<{ at: Date }>(
    "select at from waybill.occurrences where schedule_id = $1 and at = any($2) and state <> 'waiting'",
    [id, asked.map(({ at }) => at)],
  );
  const settled = new Set(rows.map(({ at }) => at.getTime()));
  return ({ at }) => !settled.has(at.getTime());
}

/** Whether a run that the schedule started goes on. */
export async function isUnderWay(client: Pick<PoolClient, "query">, id: string): Promise<boolean> {
  const { rows } = await client.query<{ going: boolean }>(
    `select exists (
       select from waybill.occurrences o join waybill.runs r on r.id = o.run_id
       where o.schedule_id = $1 and r.status = 'in_progress'
     ) or exists (
       select from waybill.occurrences o join waybill.set_runs g on g.id = o.set_run_id
       where o.schedule_id = $1 and g.status = 'in_progress') as going`,
    [id],
  );
  return rows[0]?.going ?? false;
}

/**
 * How many of its latest runs in a row were not Completed since it was last resumed or saved, those that could not start
 * among them; runs that go on do not count.
 */
export async function failuresInARow(client: Pick<PoolClient, "query">, id: string, most: number): Promise<number> {
  const { rows } = await client.query<{ completed: boolean }>(
    `select coalesce(r.status, g.status) is not distinct from 'completed' as completed
     from waybill.occurrences o left join waybill.runs r on r.id = o.run_id left join waybill.set_runs g on g.id = o.set_run_id
     where o.schedule_id = $1 and o.state in ('started', 'failed')
       and o.handled_at > (select coalesce(failures_since, '-infinity') from waybill.schedules where id = $1)
       and coalesce(r.status, g.status, 'failed') not in ('in_progress', 'cancelled')
     order by o.at desc limit $2`,
    [id, most],
  );
  const first = rows.findIndex(({ completed }) => completed);
  return first < 0 ? rows.length : first;
}
