import type { PoolClient } from "pg";
import type { Context } from "../context.ts";
import type { Integration } from "../integration/integration.ts";
import { runChanges } from "./run-changes.ts";
import type { RunFiles } from "./run-files.ts";
import { addLogLines, logLineValues } from "./run-log.ts";
import { maskSecrets, sealSecrets } from "./run-secrets.ts";
import type { RunNote } from "./run-summary.ts";
import type { RunTrigger } from "./status.ts";

/** Where a run comes from, when a person did not start it afresh. */
export interface RunOrigin {
  trigger: RunTrigger;
  fromRunId: string | null;
}

/** A run that is about to be, all of it checked. */
export interface NewRun {
  id: string;
  name: string;
  integration: Integration;
  parameters: Record<string, unknown>;
  files: RunFiles;
  warnings: RunNote[];
  test: boolean;
  idempotencyKey: string | null;
  requestSha256: string | null;
  origin: RunOrigin;
  /** What the log says first; by default who started the run. */
  said?: string;
}

/** Puts a run on the queue and keeps it, with its files and the first lines of its log, in the caller's transaction. */
export async function insertRun(ctx: Context, client: PoolClient, run: NewRun): Promise<void> {
  const { integration, files, origin } = run;
  const now = ctx.clock.now();
  const { runsAtOnce } = integration.definition;
  const jobId = await ctx.queue.enqueue(client, { id: run.id, integrationId: integration.id, runsAtOnce });
  const attached = Object.entries(files.attachments);
  const warned = run.warnings.map(({ code, message }) => ({ level: "warning" as const, event: code, message }));
  const queued = { level: "info" as const, event: "queued", message: run.said ?? `${ctx.actor.name} started the run.` };
  await client.query(
    `with started as (
       insert into waybill.runs (id, integration_id, version, name, status, phase, test, trigger, started_by, from_run_id,
         source_file_id, parameters, secrets, warnings, phases, idempotency_key, request_sha256, created_at, job_id)
       values ($1, $2, $3, $4, 'in_progress', 'queued', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
       returning id, created_at
     ), attached as (
       insert into waybill.run_attachments (run_id, key, file_id)
       select id, key, file_id from started cross join unnest($18::text[], $19::uuid[]) as given (key, file_id)
     ), logged as (
       ${addLogLines("started", "created_at", 20)}
     )
     select pg_notify('${runChanges}', id::text) from started`,
    [
      run.id,
      integration.id,
      integration.version,
      run.name,
      run.test,
      origin.trigger,
      ctx.actor.id,
      origin.fromRunId,
      files.source.id,
      JSON.stringify(maskSecrets(integration.definition, run.parameters)),
      JSON.stringify(sealSecrets(ctx.masterKey, integration.definition, run.parameters)),
      JSON.stringify(run.warnings),
      JSON.stringify([{ phase: "queued", startedAt: now.toISOString(), finishedAt: null }]),
      run.idempotencyKey,
      run.requestSha256,
      now,
      jobId,
      attached.map(([key]) => key),
      attached.map(([, file]) => file.id),
      ...logLineValues([queued, ...warned]),
    ],
  );
}
