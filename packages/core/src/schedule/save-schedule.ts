import { transaction } from "@waybill/db";
import { missedPolicies, overlapPolicies } from "@waybill/db/words";
import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { breaksConstraint } from "../breaks-constraint.ts";
import type { Context } from "../context.ts";
import type { Parameter } from "../definition/definition.ts";
import type { PathFault } from "../definition/raw-document.ts";
import { WaybillError } from "../errors.ts";
import { findIntegration } from "../integration/read-integration.ts";
import { limits } from "../limits.ts";
import { announceRunChange } from "../run/run-changes.ts";
import { findGoneFile } from "../run/run-files.ts";
import { maskSecrets, sealSecrets } from "../run/run-secrets.ts";
import { findSet } from "../set/read-sets.ts";
import { givenSteps } from "../set/start-set.ts";
import { fileUnknown } from "../stored-file/read-file.ts";
import { nameTaken, uniqueName } from "../unique-name.ts";
import type { DueSchedule } from "./held-schedule.ts";
import { keepPlan } from "./keep-plan.ts";
import { type NextOccurrence, nextAfter } from "./next-after.ts";
import { findScheduleId, getSchedule, scheduleUnknown } from "./read-schedules.ts";
import { checkRecurrence } from "./recurrence/check-recurrence.ts";
import { type Recurrence, recurrenceSchema } from "./recurrence/recurrence.ts";
import type { Schedule } from "./schedule.ts";
import { prepareOccurrence } from "./start-occurrence.ts";

export const saveScheduleInput = z.strictObject({
  /** The schedule that is changed, by its id or name; a new one where it is left out. */
  schedule: z.string().min(1).max(300).optional(),
  /** That of the schedule as it was read. Where it is left out, what others have saved meanwhile is written over. */
  updatedAt: z.iso.datetime().optional(),
  name: uniqueName("schedule", limits.scheduleNameCharactersMax),
  /** What is run: one of the two. */
  integration: z.string().max(100).optional(),
  set: z.string().max(100).optional(),
  /** Checked by the verb, so that each of its faults is told as those of a preview are. */
  recurrence: z.custom<z.input<typeof recurrenceSchema>>(),
  parameters: z.record(z.string(), z.unknown()).default({}),
  sourceFile: z.uuid().optional(),
  /** Of an integration; those of a set stand with its steps. */
  attachments: z.record(z.string(), z.uuid()).default({}),
  steps: givenSteps,
  overlap: z.enum(overlapPolicies).default("skip"),
  missed: z.enum(missedPolicies).default("once"),
  missedWindowMinutes: z
    .number()
    .int()
    .min(1)
    .max(limits.missedWindowMinutesMax)
    .default(limits.missedWindowMinutesDefault),
  jitterSeconds: z.number().int().min(0).max(limits.jitterSecondsMax).default(0),
  pauseAfterFailures: z.number().int().min(1).max(limits.failuresInARowMax).nullable().default(null),
});
type GivenSchedule = z.output<typeof saveScheduleInput>;
type SaveScheduleInput = Omit<GivenSchedule, "recurrence"> & { recurrence: Recurrence };

/**
 * Adds a schedule, or gives one other rules; its past stays. What it is to run is checked as for its next occurrence. One
 * whose times are over is changed as any other, as long as these stay as they are.
 * Throws `schedule_invalid` with every fault and its place, `schedule_name_taken`, `schedule_changed` where somebody has saved
 * it since it was read, `schedule_unknown`, or what starting the run would throw.
 */
export async function saveSchedule(ctx: Context, given: GivenSchedule): Promise<Schedule> {
  const input = { ...given, recurrence: readRecurrence(given.recurrence, ctx.clock.now()) };
  const changed = input.schedule === undefined ? null : await findScheduleId(ctx, input.schedule);
  const id = changed ?? uuidv7();
  const now = ctx.clock.now();
  const target = await findTarget(ctx, input);
  const next = nextAfter(input, now);
  if (changed === null || !(await hasRecurrence(ctx, changed, input))) checkComing(input, next, now);
  await prepareOccurrence(ctx, asDue(ctx, id, input), next?.at ?? now);
  try {
    await transaction(ctx.database, (client) => write(ctx, client, { id, input, target, next, now }));
  } catch (error) {
    const gone = findGoneFile(error);
    if (gone) throw fileUnknown(gone);
    throw breaksConstraint(error, "schedules_name_unique")
      ? nameTaken("schedule_name_taken", "schedule", input.name)
      : error;
  }
  return await getSchedule(ctx, { schedule: id });
}

function readRecurrence(given: unknown, now: Date): Recurrence {
  const read = recurrenceSchema.safeParse(given);
  if (!read.success) throw recurrenceInvalid(checkRecurrence(given, now));
  return read.data;
}

/** Whether a schedule occurs at these times already: then it may be changed once they are over, too. */
async function hasRecurrence({ database }: Context, id: string, { recurrence }: SaveScheduleInput): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    "select from waybill.schedules where id = $1 and recurrence = $2::jsonb",
    [id, JSON.stringify(recurrence)],
  );
  return rowCount === 1;
}

function checkComing({ recurrence }: SaveScheduleInput, next: NextOccurrence | null, now: Date): void {
  const faults = checkRecurrence(recurrence, now);
  if (faults.length > 0) throw recurrenceInvalid(faults);
  if (!next) throw invalid([{ path: "recurrence", message: "never occurs from now on. Give it a later end" }]);
}

interface Target {
  integrationId: string | null;
  setId: string | null;
  parameters: readonly Parameter[];
}

async function findTarget(ctx: Context, { integration, set }: SaveScheduleInput): Promise<Target> {
  if ((integration === undefined) === (set === undefined)) {
    throw invalid([{ path: "integration", message: "Name an integration or a set, and not both" }]);
  }
  if (set !== undefined) {
    const found = await findSet(ctx, set);
    return { integrationId: null, setId: found.id, parameters: found.definition.parameters };
  }
  const found = await findIntegration(ctx, integration ?? "");
  return { integrationId: found.id, setId: null, parameters: found.definition.parameters };
}

/** The schedule as it would be due, to try what it would start. */
function asDue(ctx: Context, id: string, input: SaveScheduleInput): DueSchedule {
  const { integration = null, set = null } = input;
  return {
    ...input,
    id,
    actor: ctx.actor,
    integration,
    set,
    files: filesOf(input),
    paused: false,
    nextAt: null,
    waiting: [],
  };
}

function filesOf({ sourceFile, attachments, steps }: SaveScheduleInput): DueSchedule["files"] {
  const listed = (step: string, source: string | undefined, attached: Record<string, string>) => [
    ...(source ? [{ step, key: "", id: source }] : []),
    ...Object.entries(attached).map(([key, id]) => ({ step, key, id })),
  ];
  return [
    ...listed("", sourceFile, attachments),
    ...Object.entries(steps).flatMap(([step, given]) => listed(step, given.sourceFile, given.attachments)),
  ];
}

interface Written {
  id: string;
  input: SaveScheduleInput;
  target: Target;
  next: NextOccurrence | null;
  now: Date;
}

async function write(ctx: Context, client: PoolClient, { id, input, target, next, now }: Written): Promise<void> {
  const definition = { parameters: [...target.parameters] };
  await refuseChanged(client, id, input);
  const planned = await keepPlan(client, id, input, next, now);
  await client.query(
    `insert into waybill.schedules (id, name, integration_id, set_id, recurrence, parameters, secrets, overlap, missed,
       missed_window_minutes, jitter_seconds, pause_after_failures, next_at, due_at, created_at, created_by, updated_at,
       failures_since)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $15, $15)
     on conflict (id) do update set name = excluded.name, integration_id = excluded.integration_id,
       set_id = excluded.set_id, recurrence = excluded.recurrence, parameters = excluded.parameters,
       secrets = excluded.secrets, overlap = excluded.overlap, missed = excluded.missed,
       missed_window_minutes = excluded.missed_window_minutes, jitter_seconds = excluded.jitter_seconds,
       pause_after_failures = excluded.pause_after_failures, next_at = excluded.next_at, due_at = excluded.due_at,
       updated_at = excluded.updated_at, failures_since = excluded.failures_since`,
    [
      id,
      input.name,
      target.integrationId,
      target.setId,
      JSON.stringify(input.recurrence),
      JSON.stringify(maskSecrets(definition, input.parameters)),
      JSON.stringify(sealSecrets(ctx.masterKey, definition, input.parameters)),
      input.overlap,
      input.missed,
      input.missedWindowMinutes,
      input.jitterSeconds,
      input.pauseAfterFailures,
      planned?.at ?? null,
      planned?.dueAt ?? null,
      now,
      ctx.actor.id,
    ],
  );
  const files = filesOf(input);
  await client.query("delete from waybill.schedule_files where schedule_id = $1", [id]);
  await client.query(
    `insert into waybill.schedule_files (schedule_id, step, key, file_id)
     select $1, step, key, file from unnest($2::text[], $3::text[], $4::uuid[]) as given (step, key, file)`,
    [id, files.map(({ step }) => step), files.map(({ key }) => key), files.map((file) => file.id)],
  );
  await announceRunChange(client, id);
}

/** Nobody writes over what they have not seen, or brings back what is deleted. Holds the schedule until the transaction ends. */
async function refuseChanged(
  client: PoolClient,
  id: string,
  { schedule, updatedAt }: SaveScheduleInput,
): Promise<void> {
  if (schedule === undefined) return;
  const { rows } = await client.query<{ name: string; updatedAt: Date }>(
    `select name, updated_at as "updatedAt" from waybill.schedules where id = $1 for update`,
    [id],
  );
  if (!rows[0]) throw scheduleUnknown(schedule);
  const saved = rows[0].updatedAt.toISOString();
  if (updatedAt === undefined || Date.parse(saved) === Date.parse(updatedAt)) return;
  const message = `The schedule ${JSON.stringify(rows[0].name)} has been saved since it was read. Read it again, and save it with its updatedAt of now.`;
  throw new WaybillError("schedule_changed", message, { updatedAt: saved });
}

function recurrenceInvalid(faults: readonly PathFault[]): WaybillError {
  return invalid(faults.map(({ path, message }) => ({ path: path.join(".") || "recurrence", message })));
}

function invalid(faults: { path: string; message: string }[]): WaybillError {
  const said = faults.map(({ path, message }) => `${path}: ${message}.`).join(" ");
  return new WaybillError("schedule_invalid", `The schedule cannot be kept. ${said}`, { faults });
}
