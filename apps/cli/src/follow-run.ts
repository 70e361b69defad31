import type { RunSummary } from "@waybill/core/run/run-summary";
import { isFinal, type RunStatus, runStatusLabels } from "@waybill/core/run/status";
import { type ExitCode, exitCodes } from "./failure.ts";
import { formatNumber } from "./print/format.ts";
import { clearedLine, renderProgress } from "./print/progress-bar.ts";
import { watchRun } from "./run-watch.ts";
import type { Session } from "./session.ts";

/**
 * Waits for the end of a run; shows its progress on a terminal, elsewhere a line for each phase, and why it waits. A
 * server that goes away is waited for; throws `CliFailure` when it stays away.
 */
export async function followRun(session: Session, runId: string): Promise<RunSummary> {
  const progress = session.json ? null : showProgress(process.stderr);
  const { promise, resolve, reject } = Promise.withResolvers<RunSummary>();
  const stop = watchRun(session, runId, {
    onSummary(summary) {
      progress?.show(summary);
      if (isFinal(summary.status)) resolve(summary);
    },
    onFailure: reject,
  });
  try {
    return await promise;
  } finally {
    stop();
    progress?.end();
  }
}

/** What is said of a run that nobody waits for any more. */
export function sayRunGoesOn(runId: string): string {
  return `The run goes on. Watch it: npx waybill runs watch ${runId}`;
}

/** What a finished run, or set run, means for scripts. */
export function exitCodeOfRun(status: RunStatus): ExitCode {
  switch (status) {
    case "completed":
      return exitCodes.completed;
    case "completed_with_errors":
      return exitCodes.completedWithErrors;
    case "cancelled":
      return exitCodes.cancelled;
    case "failed":
    case "scheduled":
    case "scheduled_but_deleted":
    case "in_progress":
      return exitCodes.failed;
  }
}

function showProgress(stream: NodeJS.WriteStream) {
  let phase = "";
  let waiting = "";
  return {
    show(summary: RunSummary) {
      const reason = summary.waiting?.message ?? "";
      if (reason && reason !== waiting) stream.write(`${stream.isTTY ? clearedLine : ""}Waiting: ${reason}\n`);
      waiting = reason;
      if (stream.isTTY) stream.write(`${clearedLine}${progressLine(summary)}`);
      else if (summary.phase && summary.phase !== phase) stream.write(`${summary.phase}\n`);
      phase = summary.phase ?? "";
    },
    end() {
      if (stream.isTTY) stream.write(clearedLine);
    },
  };
}

function progressLine({ status, phase, progress, counts }: RunSummary): string {
  if (progress === null || phase !== "loading") return phase ?? runStatusLabels[status];
  const rejected = counts.rejected > 0 ? `, ${formatNumber(counts.rejected)} rejected` : "";
  return `${phase} ${renderProgress(progress)}  ${formatNumber(counts.read)} records${rejected}`;
}
