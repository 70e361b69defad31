import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { announceRunChange } from "../run/run-changes.ts";
import { closePhases } from "../run/run-phases.ts";
import type { RunPhase } from "../run/status.ts";
import { proveAttempt, proveLastAttempt } from "./fence.ts";
import type { RunTask } from "./run-task.ts";

/** Ends the phase before and begins this one. Throws as `proveAttempt` does. */
export async function enterPhase(services: Services, task: RunTask, phase: RunPhase): Promise<void> {
  await transaction(services.database, async (client) => {
    if (phase === "finishing") await proveLastAttempt(client, task);
    else await proveAttempt(client, task);
    await beginPhase(services, client, task, phase);
  });
  const { id, attempt, definition } = task;
  const worker = services.workerId;
  services.telemetry.emit("phaseBegun", { run: id, attempt, integration: definition.key, phase, worker });
}

/** As `enterPhase`, within a transaction that has proved its attempt. */
export async function beginPhase(
  services: Services,
  client: PoolClient,
  task: RunTask,
  phase: RunPhase,
): Promise<void> {
  const now = services.clock.now();
  const phases = await closePhases(client, task.id, now);
  phases.push({ phase, startedAt: now.toISOString(), finishedAt: null });
  await client.query("update waybill.runs set phase = $2, phases = $3 where id = $1", [
    task.id,
    phase,
    JSON.stringify(phases),
  ]);
  await announceRunChange(client, task.id);
}
