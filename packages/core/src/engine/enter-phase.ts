import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { runChanges } from "../run/run-changes.ts";
import { endedPhases } from "../run/run-phases.ts";
import type { RunPhase } from "../run/status.ts";
import { checkAttempt } from "./fence.ts";
import { AttemptLost, type RunTask } from "./run-task.ts";

/**
 * Ends the phase before and begins this one, in the caller's transaction where there is one. Throws `AttemptLost`, or
 * `RunCancelled` when a person has asked the run to stop and it is not finishing yet.
 */
export async function enterPhase(
  services: Services,
  task: RunTask,
  phase: RunPhase,
  client: Pick<PoolClient, "query"> = services.database.pool,
): Promise<void> {
  const { rowCount } = await client.query(
    `with entered as (
       update waybill.runs set phase = $3, phases = ${endedPhases("$4")} ||
         jsonb_build_array(jsonb_build_object('phase', $3::text, 'startedAt', $4::text, 'finishedAt', null))
       where id = $1 and attempt = $2 and status = 'in_progress' and (cancel_requested_by is null or $3 = 'finishing')
       returning id
     )
     select pg_notify('${runChanges}', id::text) from entered`,
    [task.id, task.attempt, phase, services.clock.now().toISOString()],
  );
  if (rowCount === 0) {
    await checkAttempt(client, task);
    throw new AttemptLost();
  }
  const { id, attempt, definition } = task;
  const worker = services.workerId;
  services.telemetry.emit("phaseBegun", { run: id, attempt, integration: definition.key, phase, worker });
}
