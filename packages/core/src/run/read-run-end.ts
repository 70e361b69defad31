import type { PoolClient } from "pg";
import type { TelemetryEvents } from "../telemetry.ts";
import type { RunPhaseTime } from "./run-summary.ts";
import type { RunStatus } from "./status.ts";

/** What is told of a run that ends, as it stands within the client's transaction. */
export async function readRunEnd(client: PoolClient, runId: string): Promise<TelemetryEvents["runEnded"][0]> {
  const { rows } = await client.query<{
    attempt: number;
    integration: string;
    status: RunStatus;
    records: number;
    seconds: number;
    phases: RunPhaseTime[];
  }>(
    `select r.attempt, i.key as integration, r.status, r.read_count::float8 as records, r.phases,
       coalesce(extract(epoch from r.finished_at - r.created_at), 0)::float8 as seconds
     from waybill.runs r join waybill.integrations i on i.id = r.integration_id where r.id = $1`,
    [runId],
  );
  if (!rows[0]) throw new Error("The run that ends is not there.");
  const phases = rows[0].phases.map(({ phase, startedAt, finishedAt }) => ({
    phase,
    seconds: Math.max(0, Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1_000,
  }));
  return { run: runId, ...rows[0], phases };
}
