import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { announceRunChange } from "../run/run-changes.ts";
import type { RunPhaseTime } from "../run/run-summary.ts";
import type { RunPhase } from "../run/status.ts";
import { proveAttempt } from "./fence.ts";
import type { RunTask } from "./run-task.ts";

/** Ends the phase before and begins this one. Throws as `proveAttempt` does. */
export async function enterPhase(services: Services, task: RunTask, phase: RunPhase): Promise<void> {
  await transaction(services.database, async (client) => {
    await proveAttempt(client, task);
    const phases = await closePhases(client, task.id, services.clock.now());
    phases.push({ phase, startedAt: services.clock.now().toISOString(), finishedAt: null });
    await client.query("update waybill.runs set phase = $2, phases = $3 where id = $1", [
      task.id,
      phase,
      JSON.stringify(phases),
    ]);
    await announceRunChange(client, task.id);
  });
}

/** The phases of a run with the current one ended. */
export async function closePhases(client: PoolClient, runId: string, now: Date): Promise<RunPhaseTime[]> {
  const { rows } = await client.query<{ phases: RunPhaseTime[] }>("select phases from waybill.runs where id = $1", [
    runId,
  ]);
  const phases = rows[0]?.phases ?? [];
  return phases.map((time) => ({ ...time, finishedAt: time.finishedAt ?? now.toISOString() }));
}
