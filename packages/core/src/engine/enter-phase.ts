import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import type { SourceDescription } from "../reader/protocol.ts";
import { runChanges } from "../run/run-changes.ts";
import { addLogLines, logLineValues } from "../run/run-log.ts";
import { endedPhases } from "../run/run-phases.ts";
import type { RunNote } from "../run/run-summary.ts";
import type { RunPhase } from "../run/status.ts";
import { type CountedRun, countedColumns } from "./counted-run.ts";
import { AttemptLost, RunCancelled, type RunTask } from "./run-task.ts";

/** What a phase found out that is to stand in the Run Summary; `log` is what the run's log says of it. */
export interface Findings {
  source?: SourceDescription;
  /** The columns of the source, as its header names them. */
  header?: string[];
  notes?: RunNote[];
  log?: RunNote[];
}

/**
 * Keeps what the phase before found, ends it and begins this one, in the caller's transaction where there is one. Gives
 * what is counted so far. Throws `AttemptLost`; or `RunCancelled`, and begins nothing, when a person has asked the run to
 * stop and it is not to finish.
 */
export async function enterPhase(
  services: Services,
  task: RunTask,
  phase: RunPhase,
  {
    found: { source, header, notes, log = [] } = {},
    client = services.database.pool,
  }: { found?: Findings; client?: Pick<PoolClient, "query"> } = {},
): Promise<CountedRun> {
  const { rows } = await client.query<CountedRun & { cancelled: boolean }>(
    `with entered as (
       update waybill.runs set phase = case when ${cancelled} then phase else $3 end,
         phases = case when ${cancelled} then phases else ${endedPhases("$4")} ||
           jsonb_build_array(jsonb_build_object('phase', $3::text, 'startedAt', $4::text, 'finishedAt', null)) end,
         layers = coalesce($5, layers), signature = coalesce($6, signature), source_bytes = coalesce($7, source_bytes),
         source_columns = coalesce($8, source_columns), notes = coalesce($9, notes)
       where id = $1 and attempt = $2 and status = 'in_progress'
       returning *
     ), logged as (
       ${addLogLines("entered", "$4::text::timestamptz", 10)}
     )
     select ${countedColumns}, ${cancelled} as cancelled, pg_notify('${runChanges}', id::text) from entered`,
    [
      task.id,
      task.attempt,
      phase,
      services.clock.now().toISOString(),
      toJson(source?.layers),
      toJson(source?.signedBy),
      source?.bytes,
      toJson(header),
      toJson(notes),
      ...logLineValues(log.map(({ code, message }) => ({ level: "info", event: code, message }))),
    ],
  );
  const [counted] = rows;
  if (!counted) throw new AttemptLost();
  if (counted.cancelled) throw new RunCancelled();
  const { id, attempt, definition } = task;
  const worker = services.workerId;
  services.telemetry.emit("phaseBegun", { run: id, attempt, integration: definition.key, phase, worker });
  return counted;
}

/** SQL for whether the phase is not begun, since somebody has asked the run to stop. */
const cancelled = "(cancel_requested_by is not null and $3 <> 'finishing')";

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
