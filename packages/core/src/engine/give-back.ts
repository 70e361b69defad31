import type { Services } from "../context.ts";
import { writeRunLog } from "../run/run-log.ts";
import { endRun } from "./finish-run.ts";
import { hopeless } from "./hopeless.ts";
import { describeWorldFault } from "./world-fault.ts";

/**
 * Lets go of a run that this worker could not bring to its end, so that it is not taken for dead. `fault` is what the
 * world did, null when the worker stops in order. Gives whether the run is over, since the world has failed it too
 * often; a run whose records are all in is tried until its end is written.
 */
export async function giveBack(services: Services, runId: string, fault: unknown): Promise<{ over: boolean }> {
  const { pool } = services.database;
  const { rows } = await pool.query<{ attempt: number; loaded: boolean; deaths: number; worldFaults: number }>(
    `update waybill.runs set held_by = null, world_faults = world_faults + $3
     where id = $1 and status = 'in_progress' and (held_by is null or held_by = $2)
     returning attempt, phase = 'finishing' as loaded, deaths, world_faults as "worldFaults"`,
    [runId, services.workerId, fault === null ? 0 : 1],
  );
  const [run] = rows;
  if (!run) return { over: false };
  const failure = fault === null || run.loaded ? null : hopeless(run, fault);
  if (failure) {
    await endRun(services, { id: runId, attempt: run.attempt }, { status: "failed", failure });
    return { over: true };
  }
  const reason = fault === null ? "the worker stops" : describeWorldFault(fault);
  const message = `Interrupted: ${reason}. The run is tried again.`;
  await writeRunLog(pool, services.clock, runId, "warning", "attempt_interrupted", message);
  return { over: false };
}
