import type { RunStatus, StepStatus } from "@waybill/db/words";
import type { PoolClient } from "pg";
import { nameOfActor } from "../access/sign-in.ts";
import type { Actor, Services } from "../context.ts";
import { openSecrets } from "../run/run-secrets.ts";
import { isFinal } from "../run/status.ts";
import type { StepFiles } from "./prepare-step.ts";
import type { SetDefinition, SetStep } from "./set-definition.ts";

/** A step of a set run that is not over, and the run that carries it. */
export interface GoingStep {
  position: number;
  status: StepStatus;
  abortOnFailure: boolean;
  step: SetStep;
  files: StepFiles;
  run: { id: string; status: RunStatus; ended: boolean; finishedAt: Date | null } | null;
  /** The run of this step in the set run that this one resumes. */
  earlierRunId: string | null;
}

/** A set run that is not over, as somebody reads it who is about to move it on. */
export interface GoingSetRun {
  id: string;
  name: string;
  startedBy: string;
  /** Who asked it to stop. */
  cancelled: Actor | null;
  values: Record<string, unknown>;
  steps: GoingStep[];
  /** How the steps stood, by which `holdSetRun` tells whether somebody else has moved it since. */
  stood: string;
}

interface SetRunRow {
  id: string;
  name: string;
  startedBy: string;
  cancelledBy: string | null;
  parameters: Record<string, unknown>;
  secrets: Record<string, string>;
  definition: SetDefinition;
}

interface StepRow {
  position: number;
  status: StepStatus;
  runId: string | null;
  runStatus: RunStatus | null;
  runFinishedAt: Date | null;
  files: Record<string, string>;
  earlierRunId: string | null;
}

/** A set run with its steps; null where it is over, or not there. */
export async function readGoing({ database, masterKey }: Services, id: string): Promise<GoingSetRun | null> {
  const { rows } = await database.pool.query<SetRunRow>(
    `select g.id, g.name, g.started_by as "startedBy", g.cancel_requested_by as "cancelledBy", g.parameters, g.secrets,
       v.definition
     from waybill.set_runs g join waybill.set_versions v on v.set_id = g.set_id and v.version = g.version
     where g.id = $1 and g.status = 'in_progress'`,
    [id],
  );
  const [row] = rows;
  if (!row) return null;
  const steps = await readSteps(database.pool, id);
  return {
    id,
    name: row.name,
    startedBy: row.startedBy,
    cancelled: row.cancelledBy === null ? null : { id: row.cancelledBy, name: nameOfActor(row.cancelledBy) },
    values: openSecrets(masterKey, row.parameters, row.secrets),
    steps: steps.flatMap((step) => toStep(step, row.definition)),
    stood: standing(steps, row.cancelledBy),
  };
}

async function readSteps(client: Pick<PoolClient, "query">, id: string): Promise<StepRow[]> {
  const { rows } = await client.query<StepRow>(
    `select s.position, s.status, s.run_id as "runId", r.status as "runStatus", r.finished_at as "runFinishedAt",
       (select coalesce(json_object_agg(f.key, f.file_id), '{}') from waybill.set_run_files f
        where f.set_run_id = s.set_run_id and f.position = s.position) as files,
       (select e.run_id from waybill.set_runs g join waybill.set_run_steps e on e.set_run_id = g.from_set_run_id
        join waybill.runs o on o.id = e.run_id
        where g.id = s.set_run_id and e.position = s.position) as "earlierRunId"
     from waybill.set_run_steps s left join waybill.runs r on r.id = s.run_id
     where s.set_run_id = $1 order by s.position`,
    [id],
  );
  return rows;
}

function toStep(row: StepRow, { steps, abortOnFailure }: SetDefinition): GoingStep[] {
  const step = steps[row.position - 1];
  if (!step) return [];
  const { "": sourceFile = null, ...attachments } = row.files;
  const { position, status, earlierRunId } = row;
  const run = row.runId &&
    row.runStatus && {
      id: row.runId,
      status: row.runStatus,
      ended: isFinal(row.runStatus),
      finishedAt: row.runFinishedAt,
    };
  return [
    {
      position,
      status,
      abortOnFailure: step.abortOnFailure ?? abortOnFailure,
      step,
      files: { sourceFile, attachments },
      run: run || null,
      earlierRunId,
    },
  ];
}

function standing(steps: readonly Pick<StepRow, "status">[], cancelledBy: string | null): string {
  return [...steps.map(({ status }) => status), cancelledBy].join(" ");
}

/** Holds a set run until the transaction ends; gives whether it stands as it was read. */
export async function holdSetRun(client: PoolClient, { id, stood }: GoingSetRun): Promise<boolean> {
  const { rows } = await client.query<{ cancelledBy: string | null }>(
    `select cancel_requested_by as "cancelledBy" from waybill.set_runs where id = $1 and status = 'in_progress' for update`,
    [id],
  );
  if (!rows[0]) return false;
  const { rows: steps } = await client.query<{ status: StepStatus }>(
    "select status from waybill.set_run_steps where set_run_id = $1 order by position",
    [id],
  );
  return standing(steps, rows[0].cancelledBy) === stood;
}
