import type { PoolClient } from "pg";
import { scheduleOf } from "../run/run-of-schedule.ts";
import type { StepStatus } from "../set/set-run.ts";
import { stepStatusLabels } from "../set/set-run.ts";
import type { FoundEvent } from "./found-event.ts";
import type { MessageData } from "./message.ts";

/** What a message tells of its subject, apart from the rule and the event. */
export type SubjectData = Omit<MessageData, "rule" | "kind" | "id" | "summary" | "seconds" | "usualSeconds" | "url">;

/** What is to be told of a run, a set run or an occurrence; null where it is gone by now. */
export async function describeSubject(
  client: PoolClient,
  { kind, subject }: Pick<FoundEvent, "kind" | "subject">,
): Promise<SubjectData | null> {
  switch (kind) {
    case "run":
      return await describeRun(client, subject);
    case "set_run":
      return await describeSetRun(client, subject);
    case "occurrence":
      return await describeOccurrence(client, subject);
  }
}

const nameOfSchedule = (condition: string) => `(${scheduleOf(condition)}::jsonb - 'at')`;

async function describeRun(client: PoolClient, id: string): Promise<SubjectData | null> {
  const { rows } = await client.query<Stored<SubjectData>>(
    `select r.name, json_build_object('key', i.key, 'name', i.name) as integration, ${nameOfSchedule("o.run_id = r.id")} as schedule,
       r.status, r.started_at as "startedAt", r.finished_at as "finishedAt", r.failure,
       json_build_object('read', r.read_count, 'accepted', r.inserted_count + r.updated_count + r.unchanged_count,
         'skipped', r.skipped_count, 'rejected', r.rejected_count) as counts
     from waybill.runs r join waybill.integrations i on i.id = r.integration_id where r.id = $1`,
    [id],
  );
  return rows[0] ? { ...withTimes(rows[0]), set: null, at: null } : null;
}

interface SetRunRow extends Stored<SubjectData> {
  step: { position: number; key: string; status: StepStatus; reason: string | null } | null;
}

async function describeSetRun(client: PoolClient, id: string): Promise<SubjectData | null> {
  const { rows } = await client.query<SetRunRow>(
    `select g.name, json_build_object('key', t.key, 'name', t.name) as set, ${nameOfSchedule("o.set_run_id = g.id")} as schedule,
       g.status, g.created_at as "startedAt", g.finished_at as "finishedAt",
       (select json_build_object('position', p.position, 'key', v.definition -> 'steps' -> (p.position - 1) ->> 'key',
          'status', p.status, 'reason', coalesce(p.note ->> 'message', r.failure ->> 'message'))
        from waybill.set_run_steps p left join waybill.runs r on r.id = p.run_id
        where p.set_run_id = g.id and p.status in ('completed_with_errors', 'failed') order by p.position limit 1) as step
     from waybill.set_runs g join waybill.sets t on t.id = g.set_id
     join waybill.set_versions v on v.set_id = g.set_id and v.version = g.version where g.id = $1`,
    [id],
  );
  if (!rows[0]) return null;
  const { step, ...row } = rows[0];
  const failure = step && { code: "step_failed", message: sayStep(step) };
  return { ...withTimes(row), integration: null, at: null, counts: null, failure };
}

function sayStep({ position, key, status, reason }: NonNullable<SetRunRow["step"]>): string {
  return `Step ${position} (${key}) ended ${stepStatusLabels[status]}${reason ? `: ${reason}` : "."}`;
}

async function describeOccurrence(client: PoolClient, subject: string): Promise<SubjectData | null> {
  const [schedule, at] = subject.split("@");
  const { rows } = await client.query<Stored<SubjectData>>(
    `select coalesce(i.name, t.name) as name, json_build_object('id', s.id, 'name', s.name) as schedule,
       case when i.id is not null then json_build_object('key', i.key, 'name', i.name) end as integration,
       case when t.id is not null then json_build_object('key', t.key, 'name', t.name) end as set,
       coalesce(o.state, 'scheduled') as status, o.note as failure,
       case o.state when 'started' then o.handled_at end as "startedAt"
     from waybill.schedules s left join waybill.occurrences o on o.schedule_id = s.id and o.at = $2
     left join waybill.integrations i on i.id = s.integration_id left join waybill.sets t on t.id = s.set_id
     where s.id = $1`,
    [schedule, at],
  );
  return rows[0] ? { ...withTimes({ ...rows[0], finishedAt: null }), at: at ?? null, counts: null } : null;
}

/** Data as the database gives it, with its times. */
type Stored<Data> = Omit<Data, "startedAt" | "finishedAt"> & { startedAt: Date | null; finishedAt: Date | null };

function withTimes<Row extends { startedAt: Date | null; finishedAt: Date | null }>({
  startedAt,
  finishedAt,
  ...row
}: Row) {
  return { ...row, startedAt: startedAt?.toISOString() ?? null, finishedAt: finishedAt?.toISOString() ?? null };
}
