import type { RunTrigger, StepStatus } from "@waybill/db/words";
import type { PoolClient } from "pg";
import type { Context } from "../context.ts";
import { announceRunChange } from "../run/run-changes.ts";
import { chooseRunName } from "../run/run-name.ts";
import { maskSecrets, sealSecrets } from "../run/run-secrets.ts";
import type { RunNote } from "../run/run-summary.ts";
import type { StepFiles } from "./prepare-step.ts";
import type { WaybillSet } from "./set.ts";

/** Where a set run comes from. */
export interface SetRunOrigin {
  trigger: RunTrigger;
  fromSetRunId: string | null;
}

/** A step as it stands when its set run begins; one that was done before has its run. */
export interface NewStep {
  status: StepStatus;
  files: StepFiles;
  runId: string | null;
  note: RunNote | null;
}

/** A set run that is about to be, all of it checked. */
export interface NewSetRun {
  id: string;
  /** The set's with the date and time, where none is given. */
  name: string | undefined;
  set: WaybillSet;
  values: Record<string, unknown>;
  steps: NewStep[];
  origin: SetRunOrigin;
  idempotencyKey: string | null;
  requestSha256: string | null;
}

/** Keeps a set run with its steps and their files, in the caller's transaction. Throws `run_name_invalid`. */
export async function insertSetRun(ctx: Context, client: PoolClient, given: NewSetRun): Promise<void> {
  const { id, set, values, steps, origin } = given;
  const now = ctx.clock.now();
  const name = await chooseRunName(client, given.name, set.name, now, ctx.timeZone, "set_runs");
  await client.query(
    `insert into waybill.set_runs (id, set_id, version, name, status, trigger, started_by, from_set_run_id, parameters,
       secrets, idempotency_key, request_sha256, created_at)
     values ($1, $2, $3, $4, 'in_progress', $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      id,
      set.id,
      set.version,
      name,
      origin.trigger,
      ctx.actor.id,
      origin.fromSetRunId,
      JSON.stringify(maskSecrets(set.definition, values)),
      JSON.stringify(sealSecrets(ctx.masterKey, set.definition, values)),
      given.idempotencyKey,
      given.requestSha256,
      now,
    ],
  );
  await client.query(
    `insert into waybill.set_run_steps (set_run_id, position, status, run_id, note)
     select $1, place, status, run, note
     from unnest($2::text[], $3::uuid[], $4::jsonb[]) with ordinality as given (status, run, note, place)`,
    [
      id,
      steps.map((step) => step.status),
      steps.map((step) => step.runId),
      steps.map(({ note }) => note && JSON.stringify(note)),
    ],
  );
  const files = steps.flatMap((step, index) => listFiles(step.files).map((file) => ({ ...file, position: index + 1 })));
  await client.query(
    `insert into waybill.set_run_files (set_run_id, position, key, file_id)
     select $1, position, key, file from unnest($2::int[], $3::text[], $4::uuid[]) as given (position, key, file)`,
    [id, files.map((one) => one.position), files.map((one) => one.key), files.map((one) => one.file)],
  );
  await announceRunChange(client, id);
}

function listFiles({ sourceFile, attachments }: StepFiles): { key: string; file: string }[] {
  const attached = Object.entries(attachments).map(([key, file]) => ({ key, file }));
  return sourceFile ? [{ key: "", file: sourceFile }, ...attached] : attached;
}
