import type { OccurrenceState } from "@waybill/db/words";
import { z } from "zod";
import { nameOfActor } from "../access/sign-in.ts";
import type { Context, Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import type { RunNote } from "../run/run-summary.ts";
import type { RunStatus } from "../run/status.ts";
import { type PauseRow, pauseColumns, toPause } from "./pause.ts";
import { describeRecurrence } from "./recurrence/describe.ts";
import type { Occurrence, PlannedState, Schedule, ScheduleTarget } from "./schedule.ts";

export const getScheduleInput = z.strictObject({ schedule: z.string().min(1).max(300) });

/** A schedule, found by its id or its name. Throws `schedule_unknown`. */
export async function getSchedule(services: Services, input: z.output<typeof getScheduleInput>): Promise<Schedule> {
  const id = await findScheduleId(services, input.schedule);
  const { rows } = await services.database.pool.query<ScheduleRow>(`select ${columns} ${tables} where s.id = $1`, [id]);
  if (!rows[0]) throw scheduleUnknown(input.schedule);
  return toSchedule(rows[0]);
}

/** The id of the schedule that has this id, or else this name. Throws `schedule_unknown`. */
export async function findScheduleId({ database }: Services, schedule: string): Promise<string> {
  const id = z.uuid().safeParse(schedule).success ? schedule : null;
  const { rows } = await database.pool.query<{ id: string }>(
    "select id from waybill.schedules where id = $1 or name = $2 order by id = $1 desc nulls last limit 1",
    [id, schedule],
  );
  if (!rows[0]) throw scheduleUnknown(schedule);
  return rows[0].id;
}

export const listSchedulesInput = z.strictObject({
  ...pageInput,
  integration: z.string().max(100).optional(),
  set: z.string().max(100).optional(),
});

/** Schedules by name. */
export async function listSchedules(ctx: Context, input: z.output<typeof listSchedulesInput>): Promise<Page<Schedule>> {
  const after = readCursor(input.cursor, z.tuple([z.string()]));
  const { rows } = await ctx.database.pool.query<ScheduleRow>(
    `select ${columns} ${tables}
     where ($1::text is null or i.key = $1) and ($2::text is null or t.key = $2) and ($3::text is null or s.name > $3)
     order by s.name limit $4`,
    [input.integration ?? null, input.set ?? null, after?.[0] ?? null, input.limit + 1],
  );
  return toPage(rows.map(toSchedule), input.limit, (schedule) => [schedule.name]);
}

/** What a schedule `s` runs, as `ScheduleTarget`, of its integration `i` or its set `t`. */
export const targetColumn = `json_build_object('kind', case when s.set_id is null then 'integration' else 'set' end,
  'key', coalesce(i.key, t.key), 'name', coalesce(i.name, t.name),
  'deleted', coalesce(i.deleted_at, t.deleted_at) is not null)`;
const columns = `s.id, s.name, ${targetColumn} as target, s.recurrence, s.parameters,
  (select coalesce(json_agg(json_build_object('step', f.step, 'key', f.key, 'id', f.file_id, 'name', d.name)
     order by f.step, f.key), '[]')
   from waybill.schedule_files f join waybill.stored_files d on d.id = f.file_id where f.schedule_id = s.id) as files,
  s.overlap, s.missed, s.missed_window_minutes as "missedWindowMinutes", s.jitter_seconds as "jitterSeconds",
  s.pause_after_failures as "pauseAfterFailures", ${pauseColumns},
  s.next_at as "nextAt", s.created_by as "createdBy", s.updated_at as "updatedAt"`;
const tables = `from waybill.schedules s left join waybill.integrations i on i.id = s.integration_id
  left join waybill.sets t on t.id = s.set_id`;

interface ScheduleRow extends Omit<Schedule, "sentence" | "paused" | "nextAt" | "updatedAt">, PauseRow {
  nextAt: Date | null;
  updatedAt: Date;
}

function toSchedule({ pausedAt, pausedBy, pauseNote, nextAt, createdBy, updatedAt, ...row }: ScheduleRow): Schedule {
  return {
    ...row,
    sentence: describeRecurrence(row.recurrence),
    paused: toPause({ pausedAt, pausedBy, pauseNote }),
    nextAt: nextAt?.toISOString() ?? null,
    createdBy: nameOfActor(createdBy),
    updatedAt: updatedAt.toISOString(),
  };
}

export const listOccurrencesInput = z.strictObject({
  ...pageInput,
  schedule: getScheduleInput.shape.schedule.optional(),
});

interface OccurrenceRow extends Omit<Occurrence, "schedule" | "at" | "run" | "lateMilliseconds" | "paused">, PauseRow {
  scheduleId: string;
  scheduleName: string;
  at: Date;
  handledAt: Date | null;
  runKind: "run" | "set_run";
  runId: string | null;
  runName: string;
  runStatus: RunStatus;
  target: ScheduleTarget;
  state: OccurrenceState | PlannedState;
  note: RunNote | null;
}

/** Occurrences, the latest first: of each schedule the next one, and what became of those before it. */
export async function listOccurrences(
  ctx: Context,
  input: z.output<typeof listOccurrencesInput>,
): Promise<Page<Occurrence>> {
  const after = readCursor(input.cursor, z.tuple([z.iso.datetime(), z.uuid()]));
  const schedule = input.schedule === undefined ? null : await findScheduleId(ctx, input.schedule);
  const { rows } = await ctx.database.pool.query<OccurrenceRow>(
    `select o.at, o.state, o.note, o.handled_at as "handledAt", s.id as "scheduleId", s.name as "scheduleName",
       ${targetColumn} as target, ${pauseColumns}, case when o.set_run_id is null then 'run' else 'set_run' end as "runKind",
       coalesce(r.id, g.id) as "runId", coalesce(r.name, g.name) as "runName", coalesce(r.status, g.status) as "runStatus"
     from (
       select schedule_id, at, state, note, handled_at, run_id, set_run_id from waybill.occurrences
       union all
       select n.id, n.next_at, 'scheduled', null, null, null, null from waybill.schedules n where n.next_at is not null
     ) o join waybill.schedules s on s.id = o.schedule_id
     left join waybill.integrations i on i.id = s.integration_id left join waybill.sets t on t.id = s.set_id
     left join waybill.runs r on r.id = o.run_id left join waybill.set_runs g on g.id = o.set_run_id
     where ($1::uuid is null or s.id = $1) and ($2::timestamptz is null or (o.at, s.id) < ($2, $3::uuid))
     order by o.at desc, s.id desc limit $4`,
    [schedule, after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  );
  return toPage(rows.map(toOccurrence), input.limit, (one) => [one.at, one.schedule.id]);
}

function toOccurrence(row: OccurrenceRow): Occurrence {
  const { scheduleId, scheduleName, at, handledAt, target, note } = row;
  const planned = row.state === "scheduled";
  const started = row.state === "started" && handledAt;
  return {
    schedule: { id: scheduleId, name: scheduleName },
    target,
    at: at.toISOString(),
    state: planned && target.deleted ? "scheduled_but_deleted" : row.state,
    run: row.runId === null ? null : { kind: row.runKind, id: row.runId, name: row.runName, status: row.runStatus },
    lateMilliseconds: started ? Math.max(0, handledAt.getTime() - at.getTime()) : null,
    note,
    paused: planned ? toPause(row) : null,
  };
}

/** The error of a schedule that is not there. */
export function scheduleUnknown(schedule: string): WaybillError {
  const message = `There is no schedule ${JSON.stringify(schedule)}. List the schedules to see which there are.`;
  return new WaybillError("schedule_unknown", message);
}
