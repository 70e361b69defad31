import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
import { announceRunChange } from "../run/run-changes.ts";
import { writeRunLog } from "../run/run-log.ts";
import { backOffSeconds } from "./back-off.ts";
import { endRunWithin, type RunEnd } from "./finish-run.ts";
import { hopeless } from "./hopeless.ts";
import { requeueRun } from "./requeue-run.ts";
import { describeWorldFault } from "./world-fault.ts";

/** What a run must still be for whoever gives it back: brought by this job, or held under this attempt. */
export interface HeldAs {
  jobId?: string | null;
  attempt?: number;
}

/** What became of a run that was given back; `attempt` is null where this worker held it no longer. */
export interface GivenBack {
  over: boolean;
  attempt: number | null;
}

/**
 * Lets go of a run that this worker could not bring to its end, and puts it on the queue again: at once when the worker
 * stops in order, else later and later. `fault` is what the world did, null when the worker stops. Gives whether the run
 * is over, since a person has cancelled it or the world has failed it too often; a run whose records are all in is tried
 * until its end is written. Does nothing to a run that is no longer this worker's. Throws the reason of `signal` once that
 * aborts.
 */
export async function giveBack(
  services: Services,
  runId: string,
  fault: unknown,
  held: HeldAs = {},
  signal?: AbortSignal,
): Promise<GivenBack> {
  const give = async (client: PoolClient) => {
    const run = await letGo(services, client, runId, fault, held);
    const end = run && endOf(run, fault);
    if (end) return { run, ended: await endRunWithin(services, client, { id: runId, attempt: run.attempt }, end) };
    if (run) await tryAgain(services, client, runId, run, fault);
    return { run, ended: null };
  };
  const { run, ended } = await transaction(services.database, give, signal);
  if (ended) services.telemetry.emit("runEnded", ended);
  return { over: ended !== null, attempt: run?.attempt ?? null };
}

function endOf(run: LetGoRun, fault: unknown): RunEnd | null {
  if (run.loaded) return null;
  if (run.cancelled) return { status: "cancelled" };
  const failure = fault === null ? null : hopeless(run, fault);
  return failure && { status: "failed", failure };
}

async function tryAgain(
  services: Services,
  client: PoolClient,
  runId: string,
  { worldFaults }: LetGoRun,
  fault: unknown,
): Promise<void> {
  const startAfterSeconds = fault === null ? 0 : backOffSeconds(worldFaults);
  await requeueRun(services, client, runId, { startAfterSeconds });
  const message = fault === null ? stopping : sayRetry(fault, worldFaults, startAfterSeconds);
  await writeRunLog(client, services.clock, runId, "warning", "attempt_interrupted", message);
  await announceRunChange(client, runId);
}

interface LetGoRun {
  attempt: number;
  loaded: boolean;
  cancelled: boolean;
  deaths: number;
  worldFaults: number;
}

async function letGo(
  { workerId }: Services,
  client: PoolClient,
  runId: string,
  fault: unknown,
  { jobId = null, attempt }: HeldAs,
): Promise<LetGoRun | undefined> {
  const { rows } = await client.query<LetGoRun>(
    `update waybill.runs set held_by = null, world_faults = world_faults + $3
     where id = $1 and status = 'in_progress' and (held_by = $2 or $5::int is null and held_by is null)
       and ($4::uuid is null or job_id is null or job_id = $4) and ($5::int is null or attempt = $5)
     returning attempt, phase = 'finishing' as loaded, cancel_requested_by is not null as cancelled, deaths,
       world_faults as "worldFaults"`,
    [runId, workerId, fault === null ? 0 : 1, jobId, attempt ?? null],
  );
  return rows[0];
}

const stopping = "Interrupted: the worker stops. Another one goes on at once.";

function sayRetry(fault: unknown, tries: number, seconds: number): string {
  const count = tries < limits.worldFaultsMax ? `try ${tries} of ${limits.worldFaultsMax}` : `try ${tries}`;
  return `Interrupted (${count}): ${describeWorldFault(fault)}. The run is tried again in ${seconds} s.`;
}
