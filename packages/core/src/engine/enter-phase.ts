import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import type { SourceDescription } from "../reader/protocol.ts";
import { runChanges } from "../run/run-changes.ts";
import { endedPhases } from "../run/run-phases.ts";
import type { RunNote } from "../run/run-summary.ts";
import type { RunPhase } from "../run/status.ts";
import { type CountedRun, countedColumns } from "./counted-run.ts";
import { checkAttempt } from "./fence.ts";
import { AttemptLost, type RunTask } from "./run-task.ts";

/** What a phase found out that is to stand in the Run Summary, and what the log says of it. */
export interface Findings {
  source?: SourceDescription;
  /** The columns of the source, as its header names them. */
  header?: string[];
  notes?: RunNote[];
  log?: RunNote[];
}

/**
 * Ends the phase before, with what it found, and begins this one, in the caller's transaction where there is one. Gives
 * what is counted so far. Throws `AttemptLost`, or `RunCancelled` when a person has asked the run to stop and it is not
 * finishing yet.
 */
export async function enterPhase(
  services: Services,
  task: RunTask,
  phase: RunPhase,
  { source, header, notes, log = [] }: Findings = {},
  client: Pick<PoolClient, "query"> = services.database.pool,
): Promise<CountedRun> {
  const { rows } = await client.query<CountedRun>(
    `with entered as (
       update waybill.runs set phase = $3, phases = ${endedPhases("$4")} ||
           jsonb_build_array(jsonb_build_object('phase', $3::text, 'startedAt', $4::text, 'finishedAt', null)),
         layers = coalesce($5, layers), signature = coalesce($6, signature), source_bytes = coalesce($7, source_bytes),
         source_columns = coalesce($8, source_columns), notes = coalesce($9, notes)
       where id = $1 and attempt = $2 and status = 'in_progress' and (cancel_requested_by is null or $3 = 'finishing')
       returning *
     ), logged as (
       insert into waybill.run_log (run_id, at, level, event, message)
       select id, $4::text::timestamptz, 'info', event, message
       from entered cross join unnest($10::text[], $11::text[]) with ordinality as said (event, message, place) order by place
     )
     select ${countedColumns}, pg_notify('${runChanges}', id::text) from entered`,
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
      log.map((line) => line.code),
      log.map((line) => line.message),
    ],
  );
  const [counted] = rows;
  if (!counted) {
    await checkAttempt(client, task);
    throw new AttemptLost();
  }
  const { id, attempt, definition } = task;
  const worker = services.workerId;
  services.telemetry.emit("phaseBegun", { run: id, attempt, integration: definition.key, phase, worker });
  return counted;
}

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
