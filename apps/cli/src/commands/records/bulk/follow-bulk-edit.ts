import type { BulkEditStatus } from "@waybill/core/bulk-edit/bulk-edit-status";
import { type ExitCode, exitCodes } from "../../../failure.ts";
import { pollUntilOver } from "../../../poll-until-over.ts";
import { type BulkEdit, percentOf } from "../../../print/bulk-edit.ts";
import { formatNumber } from "../../../print/format.ts";
import { renderProgress } from "../../../print/progress-bar.ts";
import type { Session } from "../../../session.ts";

/**
 * Waits for the end of a bulk edit, and shows its progress on a terminal; Ctrl-C ends the waiting alone. A server that goes
 * away is waited for; throws `CliFailure` when it stays away.
 */
export async function followBulkEdit(session: Session, id: string): Promise<BulkEdit> {
  return await pollUntilOver(session, {
    read: () => session.api.records.bulk.get.query({ bulkEdit: id }),
    isOver: ({ status }) => status !== "in_progress",
    progressLine,
    goesOn: sayGoesOn(id),
    details: { bulkEdit: id },
  });
}

/** What a bulk edit that is over means for scripts. */
export function exitCodeOfBulkEdit(status: BulkEditStatus): ExitCode {
  switch (status) {
    case "completed":
      return exitCodes.completed;
    case "stopped":
      return exitCodes.cancelled;
    case "failed":
    case "in_progress":
      return exitCodes.failed;
  }
}

function progressLine(edit: BulkEdit): string {
  const { lookedAt, changed } = edit.counts;
  return `${renderProgress(percentOf(edit))}  ${formatNumber(lookedAt)} records, ${formatNumber(changed)} changed`;
}

function sayGoesOn(id: string): string {
  return `The bulk edit goes on. See how far it is: npx waybill records bulk show ${id}\nStop it: npx waybill records bulk stop ${id}`;
}
