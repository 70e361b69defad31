import type { RunStatus, RunTrigger, SetRunStatus, StepStatus } from "@waybill/db/words";
import { z } from "zod";
import { nameOfActor } from "../access/sign-in.ts";
import type { Context, Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import { scheduleOf } from "../run/run-of-schedule.ts";
import type { RunNote, RunOfSchedule } from "../run/run-summary.ts";
import type { SetRunLink } from "./set.ts";
import type { SetDefinition } from "./set-definition.ts";
import { type SetRunListItem, type SetRunStep, type SetRunSummary, setRunStatuses } from "./set-run.ts";

export const getSetRunInput = z.strictObject({ setRun: z.string().min(1).max(300) });

/** A set run with its steps, found by its id or its name. Throws `set_run_unknown`. */
export async function getSetRun(services: Services, input: z.output<typeof getSetRunInput>): Promise<SetRunSummary> {
  const id = await findSetRunId(services, input.setRun);
  const { rows } = await services.database.pool.query<SummaryRow>(
    `select ${listColumns}, g.parameters, g.cancel_requested_by is not null and g.status = 'in_progress' as cancelling,
       v.definition, ${link("f")} as "fromSetRun", ${link("b")} as "resumedBy",
       ${scheduleOf("o.set_run_id = g.id")} as schedule
     from waybill.set_runs g join waybill.sets s on s.id = g.set_id
     join waybill.set_versions v on v.set_id = g.set_id and v.version = g.version
     left join waybill.set_runs f on f.id = g.from_set_run_id
     left join waybill.set_runs b on b.from_set_run_id = g.id
     where g.id = $1`,
    [id],
  );
  if (!rows[0]) throw unknown(input.setRun);
  const { definition, ...row } = rows[0];
  return { ...row, ...toListItem(row), steps: await readSteps(services, id, definition) };
}

/** The id of the set run that has this id, or else this name. Throws `set_run_unknown`. */
export async function findSetRunId({ database }: Services, setRun: string): Promise<string> {
  const id = z.uuid().safeParse(setRun).success ? setRun : null;
  const { rows } = await database.pool.query<{ id: string }>(
    "select id from waybill.set_runs where id = $1 or name = $2 order by id = $1 desc nulls last limit 1",
    [id, setRun],
  );
  if (!rows[0]) throw unknown(setRun);
  return rows[0].id;
}

export const listSetRunsInput = z.strictObject({
  ...pageInput,
  set: z.string().max(100).optional(),
  status: z.array(z.enum(setRunStatuses)).optional(),
});

/** Set runs, the newest first. */
export async function listSetRuns(
  ctx: Context,
  input: z.output<typeof listSetRunsInput>,
): Promise<Page<SetRunListItem>> {
  const after = readCursor(input.cursor, z.tuple([z.iso.datetime(), z.uuid()]));
  const { rows } = await ctx.database.pool.query<ListRow>(
    `select ${listColumns} from waybill.set_runs g join waybill.sets s on s.id = g.set_id
     where ($1::text is null or s.key = $1) and ($2::text[] is null or g.status = any($2))
       and ($3::timestamptz is null or (g.created_at, g.id) < ($3, $4::uuid))
     order by g.created_at desc, g.id desc limit $5`,
    [input.set ?? null, input.status ?? null, after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  );
  return toPage(rows.map(toListItem), input.limit, (run) => [run.createdAt, run.id]);
}

const listColumns = `g.id, g.name, g.status, s.key as set, s.name as "setName", g.version, g.trigger,
  g.started_by as "startedBy", g.created_at as "createdAt", g.finished_at as "finishedAt"`;
const link = (run: string) =>
  `case when ${run}.id is not null then json_build_object('id', ${run}.id, 'name', ${run}.name, 'status', ${run}.status) end`;

interface ListRow {
  id: string;
  name: string;
  status: SetRunStatus;
  set: string;
  setName: string;
  version: number;
  trigger: RunTrigger;
  startedBy: string;
  createdAt: Date;
  finishedAt: Date | null;
}

interface SummaryRow extends ListRow {
  parameters: Record<string, unknown>;
  cancelling: boolean;
  definition: SetDefinition;
  fromSetRun: SetRunLink | null;
  resumedBy: SetRunLink | null;
  schedule: RunOfSchedule | null;
}

function toListItem({ id, name, status, set, setName, version, trigger, ...row }: ListRow): SetRunListItem {
  return {
    id,
    name,
    status,
    set,
    setName,
    version,
    trigger,
    startedBy: nameOfActor(row.startedBy),
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

interface StepRow {
  position: number;
  status: StepStatus;
  note: RunNote | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  runId: string | null;
  runName: string;
  runStatus: RunStatus;
  read: number;
  rejected: number;
}

async function readSteps(
  { database }: Services,
  id: string,
  { steps, abortOnFailure }: SetDefinition,
): Promise<SetRunStep[]> {
  const { rows } = await database.pool.query<StepRow>(
    `select p.position, p.status, p.note, p.started_at as "startedAt", p.finished_at as "finishedAt", r.id as "runId",
       r.name as "runName", r.status as "runStatus", r.read_count::float8 as read, r.rejected_count::float8 as rejected
     from waybill.set_run_steps p left join waybill.runs r on r.id = p.run_id
     where p.set_run_id = $1 order by p.position`,
    [id],
  );
  return rows.flatMap(({ position, status, note, startedAt, finishedAt, ...run }) => {
    const step = steps[position - 1];
    if (!step) return [];
    return {
      position,
      key: step.key,
      name: step.name ?? step.integration,
      integration: step.integration,
      abortOnFailure: step.abortOnFailure ?? abortOnFailure,
      status,
      run: run.runId === null ? null : { id: run.runId, name: run.runName, status: run.runStatus },
      counts: run.runId === null ? null : { read: run.read, rejected: run.rejected },
      note,
      startedAt: startedAt?.toISOString() ?? null,
      finishedAt: finishedAt?.toISOString() ?? null,
    };
  });
}

function unknown(setRun: string): WaybillError {
  const message = `There is no set run ${JSON.stringify(setRun)}. List the set runs to see which there are.`;
  return new WaybillError("set_run_unknown", message);
}
