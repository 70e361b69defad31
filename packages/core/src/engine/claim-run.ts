import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { writeRunLog } from "../run/run-log.ts";
import type { RunNote } from "../run/run-summary.ts";
import type { RunPhase } from "../run/status.ts";
import { type CountedRun, countedColumns } from "./counted-run.ts";
import { hopeless } from "./hopeless.ts";
import type { RunJob } from "./run-queue.ts";
import { mayTake, mustWait, queueBehindOthers, takeTurn } from "./run-turn.ts";

/** What became of taking a run. */
export type Claim =
  | { kind: "taken"; run: ClaimedRun }
  /** There is nothing to do: it is over, another job or worker has it, or it waits for others of its integration. */
  | { kind: "not_taken" }
  /** All that is to be loaded is in; only the end is missing. */
  | { kind: "loaded"; run: ClaimedRun }
  | { kind: "hopeless"; run: ClaimedRun; failure: RunNote };

/** A run as it stands under a new attempt. */
export interface ClaimedRun {
  id: string;
  attempt: number;
  phase: RunPhase;
  test: boolean;
  resubmission: boolean;
  definition: Definition;
  parameters: Record<string, unknown>;
  secrets: Record<string, string>;
  sourceFileId: string;
  /** The ids of its files, by their keys. */
  attachments: Record<string, string>;
  counted: CountedRun;
  deaths: number;
  worldFaults: number;
}

/**
 * Takes a run under a new attempt, which shuts out every worker that held it before. `job` is what brought the run;
 * null is a claim without one. A job that is not the run's own any more brings nothing, nor does a run that another
 * worker holds: whoever rescues it makes a new job.
 */
export async function claimRun(services: Services, runId: string, job: RunJob | null = null): Promise<Claim> {
  const run = await transaction(services.database, async (client) => {
    if (!(await takeTurn(services, client, runId, job))) return undefined;
    const taken = await takeAttempt(services, client, runId, job);
    if (!taken) await queueBehindOthers(services, client, runId, job);
    return taken;
  });
  if (!run) return { kind: "not_taken" };
  if (run.phase === "finishing") return { kind: "loaded", run };
  const failure = hopeless(run, null);
  return failure ? { kind: "hopeless", run, failure } : { kind: "taken", run };
}

/** A hold that this worker left behind came of a fault of the world, since the worker lives. */
async function takeAttempt(
  services: Services,
  client: PoolClient,
  runId: string,
  job: RunJob | null,
): Promise<ClaimedRun | undefined> {
  const { rows } = await client.query<Omit<ClaimedRun, "counted"> & CountedRun>(
    `update waybill.runs r set attempt = attempt + 1, started_at = coalesce(started_at, $2), held_by = $3,
       world_faults = world_faults + (held_by is not null)::int
     from waybill.integration_versions v
     where r.id = $1 and v.integration_id = r.integration_id and v.version = r.version
       and ${mayTake("$4", "$3")} and not ${mustWait}
     returning r.id, r.attempt, r.phase, r.test, r.trigger = 'resubmit' as resubmission, v.definition, r.parameters, r.secrets, r.deaths,
       r.source_file_id as "sourceFileId", r.world_faults as "worldFaults", ${countedColumns},
       (select coalesce(json_object_agg(a.key, a.file_id), '{}') from waybill.run_attachments a where a.run_id = r.id)
         as attachments`,
    [runId, services.clock.now(), services.workerId, job?.id ?? null],
  );
  if (!rows[0]) return undefined;
  const { read, accepted, updated, rejected, notes, ...claimed } = rows[0];
  const run = { ...claimed, definition: claimed.resubmission ? addingTo(claimed.definition) : claimed.definition };
  if (run.attempt > 1) {
    const message = `Attempt ${run.attempt} goes on after record ${read}.`;
    await writeRunLog(client, services.clock, runId, "info", "attempt_started", message);
  }
  return { ...run, counted: { read, accepted, updated, rejected, notes } };
}

/** A resubmission adds to what the run before it left, also where that replaced everything. */
function addingTo(definition: Definition): Definition {
  const { destination, recordKey } = definition;
  if (destination.mode !== "replace") return definition;
  return { ...definition, destination: { ...destination, mode: recordKey.length > 0 ? "upsert" : "insert" } };
}
