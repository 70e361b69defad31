import { setTimeout as sleep } from "node:timers/promises";
import type { BulkEditStatus } from "@waybill/core/bulk-edit/bulk-edit-status";
import { type ExitCode, exitCodes, toFailure } from "../../../failure.ts";
import { type BulkEdit, percentOf } from "../../../print/bulk-edit.ts";
import { formatNumber } from "../../../print/format.ts";
import { clearedLine, renderProgress } from "../../../print/progress-bar.ts";
import { lostMillisecondsMax, serverLost } from "../../../server-lost.ts";
import type { Session } from "../../../session.ts";
import { untilInterrupted } from "../../../until-interrupted.ts";

const lookMilliseconds = 500;

/**
 * Waits for the end of a bulk edit, and shows its progress on a terminal; Ctrl-C ends the waiting alone. A server that goes
 * away is waited for; throws `CliFailure` when it stays away.
 */
export async function followBulkEdit(session: Session, id: string): Promise<BulkEdit> {
  const shown = !session.json && process.stderr.isTTY;
  const wait = async () => {
    for (;;) {
      const edit = await look(session, id);
      if (edit.status !== "in_progress") return edit;
      if (shown) process.stderr.write(`${clearedLine}${progressLine(edit)}`);
      await sleep(lookMilliseconds);
    }
  };
  try {
    return await untilInterrupted(() => [sayGoesOn(id)], wait);
  } finally {
    if (shown) process.stderr.write(clearedLine);
  }
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

async function look(session: Session, id: string): Promise<BulkEdit> {
  const since = performance.now();
  for (;;) {
    try {
      return await session.api.records.bulk.get.query({ bulkEdit: id });
    } catch (error) {
      if (toFailure(error).code !== "server_unreachable") throw error;
      if (performance.now() - since > lostMillisecondsMax) throw serverLost(sayGoesOn(id), { bulkEdit: id });
    }
    await sleep(lookMilliseconds);
  }
}

function progressLine(edit: BulkEdit): string {
  const { lookedAt, changed } = edit.counts;
  return `${renderProgress(percentOf(edit))}  ${formatNumber(lookedAt)} records, ${formatNumber(changed)} changed`;
}

function sayGoesOn(id: string): string {
  return `The bulk edit goes on. See how far it is: npx waybill records bulk show ${id}\nStop it: npx waybill records bulk stop ${id}`;
}
