import type { Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import type { RunNote } from "../run/run-summary.ts";
import { checkRun } from "./check-run.ts";
import { attemptsMax, claimRun } from "./claim-run.ts";
import { endRun, finishRun } from "./finish-run.ts";
import { loadRun } from "./load-run.ts";
import { openRun } from "./open-run.ts";
import { AttemptLost, RunCancelled, type RunTask } from "./run-task.ts";
import { isWorldFault } from "./world-fault.ts";

/**
 * Executes one run from its claim to its final status. Returns when the run is over, or no longer this worker's.
 * Throws when the world failed (database gone) or `signal` aborted: then the run is still In-Progress and may be taken again.
 */
export async function executeRun(services: Services, runId: string, signal: AbortSignal): Promise<void> {
  const claim = await claimRun(services, runId);
  switch (claim.kind) {
    case "over":
      return;
    case "exhausted":
      return await endRun(services, { id: runId, attempt: claim.attempt }, { status: "failed", failure: exhausted });
    case "loaded":
      return await finishRun(services, { id: runId, attempt: claim.attempt });
    case "task":
      return await executeTask(services, claim.task, signal);
  }
}

async function executeTask(services: Services, task: RunTask, signal: AbortSignal): Promise<void> {
  try {
    const opened = await openRun(services, task, signal);
    try {
      const checked = await checkRun(services, opened, signal);
      await loadRun(services, checked, signal);
    } finally {
      await opened.close();
    }
    await finishRun(services, task);
  } catch (error) {
    if (error instanceof AttemptLost) return;
    if (error instanceof RunCancelled) return await endRun(services, task, { status: "cancelled" });
    if (signal.aborted || isWorldFault(error)) throw error;
    await endRun(services, task, { status: "failed", failure: failureOf(services, task, error) });
  }
}

function failureOf(services: Services, task: RunTask, error: unknown): RunNote {
  if (error instanceof WaybillError) return { code: error.code, message: error.message };
  services.log.error(
    { err: error, run: task.id, attempt: task.attempt },
    "A run failed in a way that nobody expected.",
  );
  const message = "Something went wrong in Waybill itself. The server's log has the details under this run's id.";
  return { code: "unexpected", message };
}

const exhausted: RunNote = {
  code: "workers_lost",
  message: `${attemptsMax} workers were lost while they executed this run, so it is not tried again. Look into the server's log, then run it again.`,
};
