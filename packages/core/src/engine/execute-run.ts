import type { Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import type { RunNote } from "../run/run-summary.ts";
import { checkRun } from "./check-run.ts";
import { type ClaimedRun, claimRun } from "./claim-run.ts";
import type { CountedRun } from "./counted-run.ts";
import { endRun, finishRun } from "./finish-run.ts";
import { giveBack } from "./give-back.ts";
import { loadRun } from "./load-run.ts";
import { openRun } from "./open-run.ts";
import { readTask } from "./read-task.ts";
import type { RunJob } from "./run-queue.ts";
import { AttemptLost, RunCancelled } from "./run-task.ts";
import { watchAttempt } from "./watch-attempt.ts";
import { isWorldFault } from "./world-fault.ts";

/**
 * Executes one run from its claim to its final status; `job` is what brought it. Returns when the run is over, or not
 * this worker's. Throws when the world failed (database gone) or `signal` aborted: then the run is still In-Progress and
 * may be taken again.
 */
export async function executeRun(
  services: Services,
  runId: string,
  signal: AbortSignal,
  job: RunJob | null = null,
): Promise<void> {
  try {
    await claimAndExecute(services, runId, signal, job);
  } catch (error) {
    if (error instanceof AttemptLost) return;
    // Where even this fails the run stays held, and is let go when the worker next finds that it does not execute it.
    const fault = signal.aborted ? null : error;
    const given = await giveBack(services, runId, fault, { jobId: job?.id }).catch(() => notGivenBack);
    if (given.over) return;
    if (!signal.aborted) {
      const fields = { err: error, run: runId, attempt: given.attempt };
      services.log.error(fields, "A run was interrupted and goes back to the queue.");
    }
    throw error;
  }
}

/** Where the database is gone nobody can say which attempt it was. */
const notGivenBack = { over: false, attempt: null };

async function claimAndExecute(
  services: Services,
  runId: string,
  signal: AbortSignal,
  job: RunJob | null,
): Promise<void> {
  const claim = await claimRun(services, runId, job);
  switch (claim.kind) {
    case "not_taken":
      return;
    case "hopeless":
      return await endRun(services, claim.run, { status: "failed", failure: claim.failure });
    case "loaded":
      return await finishRun(services, claim.run, claim.run.counted);
    case "taken":
      return await execute(services, claim.run, signal);
  }
}

async function execute(services: Services, run: ClaimedRun, stop: AbortSignal): Promise<void> {
  const watch = watchAttempt(services, run);
  const signal = AbortSignal.any([stop, watch.signal]);
  try {
    const opened = await openRun(services, await readTask(services, run, watch.signal), signal);
    let counted: CountedRun;
    try {
      counted = await loadRun(services, await checkRun(services, opened, signal), signal);
    } finally {
      await opened.reader.close();
    }
    await finishRun(services, run, counted);
  } catch (caught) {
    const error = watch.signal.aborted ? watch.signal.reason : caught;
    if (error instanceof RunCancelled) return await endRun(services, run, { status: "cancelled" });
    if (error instanceof AttemptLost || stop.aborted || isWorldFault(error)) throw error;
    await endRun(services, run, { status: "failed", failure: failureOf(services, run, error) });
  } finally {
    watch.stop();
  }
}

function failureOf(services: Services, run: ClaimedRun, error: unknown): RunNote {
  if (error instanceof WaybillError) return { code: error.code, message: error.message };
  services.log.error({ err: error, run: run.id, attempt: run.attempt }, "A run failed in a way that nobody expected.");
  const message = "Something went wrong in Waybill itself. The server's log has the details under this run's id.";
  return { code: "unexpected", message };
}
