import type { PoolClient } from "pg";
import type { RunPhaseTime } from "./run-summary.ts";

/** The phases of a run with the current one ended. */
export async function closePhases(client: PoolClient, runId: string, now: Date): Promise<RunPhaseTime[]> {
  const { rows } = await client.query<{ phases: RunPhaseTime[] }>("select phases from waybill.runs where id = $1", [
    runId,
  ]);
  const phases = rows[0]?.phases ?? [];
  return phases.map((time) => ({ ...time, finishedAt: time.finishedAt ?? now.toISOString() }));
}
