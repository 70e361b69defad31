import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { writeRunLog } from "../run/run-log.ts";
import type { RunNote } from "../run/run-summary.ts";
import type { RunPhase } from "../run/status.ts";
import { hopeless } from "./hopeless.ts";

/** What became of taking a run. */
export type Claim =
  | { kind: "taken"; run: ClaimedRun }
  | { kind: "over" }
  /** All that is to be loaded is in; only the end is missing. */
  | { kind: "loaded"; run: ClaimedRun }
  | { kind: "hopeless"; run: ClaimedRun; failure: RunNote };

/** A run as it stands under a new attempt. */
export interface ClaimedRun {
  id: string;
  attempt: number;
  phase: RunPhase;
  test: boolean;
  definition: Definition;
  parameters: Record<string, unknown>;
  secrets: Record<string, string>;
  sourceFileId: string;
  recordsDone: number;
  rejectedDone: number;
  deaths: number;
  worldFaults: number;
}

/** Takes a run under a new attempt, which shuts out every worker that held it before. */
export async function claimRun(services: Services, runId: string): Promise<Claim> {
  const run = await transaction(services.database, (client) => takeAttempt(services, client, runId));
  if (!run) return { kind: "over" };
  if (run.phase === "finishing") return { kind: "loaded", run };
  const failure = hopeless(run, null);
  return failure ? { kind: "hopeless", run, failure } : { kind: "taken", run };
}

/** A hold that another worker left behind is a death; one that this worker left behind is not, since it lives. */
async function takeAttempt(services: Services, client: PoolClient, runId: string): Promise<ClaimedRun | undefined> {
  const { rows } = await client.query<ClaimedRun & { heldBefore: string | null }>(
    `with before as (select id, held_by from waybill.runs where id = $1 for update)
     update waybill.runs r set attempt = attempt + 1, started_at = coalesce(started_at, $2), held_by = $3,
       deaths = deaths + coalesce(before.held_by <> $3, false)::int,
       world_faults = world_faults + coalesce(before.held_by = $3, false)::int
     from before, waybill.integration_versions v
     where r.id = before.id and r.status = 'in_progress' and v.integration_id = r.integration_id and v.version = r.version
     returning r.id, r.attempt, r.phase, r.test, v.definition, r.parameters, r.secrets, r.deaths,
       r.source_file_id as "sourceFileId", r.world_faults as "worldFaults", before.held_by as "heldBefore",
       r.read_count::float8 as "recordsDone", r.rejected_count::float8 as "rejectedDone"`,
    [runId, services.clock.now(), services.workerId],
  );
  const [run] = rows;
  if (run && run.attempt > 1) {
    const died = run.heldBefore !== null && run.heldBefore !== services.workerId;
    const message = `${died ? "A worker was lost; a" : "A"}ttempt ${run.attempt} goes on after record ${run.recordsDone}.`;
    await writeRunLog(client, services.clock, runId, died ? "warning" : "info", "attempt_started", message);
  }
  return run;
}
