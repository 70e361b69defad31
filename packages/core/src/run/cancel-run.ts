import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { endRunWithin } from "../engine/finish-run.ts";
import { WaybillError } from "../errors.ts";
import { findRunId, getRun, getRunInput } from "./read-run.ts";
import { announceRunChange } from "./run-changes.ts";
import { writeRunLog } from "./run-log.ts";
import type { RunSummary } from "./run-summary.ts";

export const cancelRunInput = getRunInput;

/**
 * Asks a run to stop; one that no worker holds is Cancelled at once, one at work within moments.
 * Throws `run_unknown`, or `run_already_final` once its records are all in.
 */
export async function cancelRun(ctx: Context, input: z.output<typeof cancelRunInput>): Promise<RunSummary> {
  const id = await findRunId(ctx, input.run);
  const ended = await transaction(ctx.database, async (client) => {
    const run = await requestCancel(client, id, ctx.actor.id);
    if (!run) {
      const message =
        "The run is over, or all of its records are in, so it cannot be cancelled. See in its Run Summary what it did; to undo that, correct the destination.";
      throw new WaybillError("run_already_final", message);
    }
    await writeRunLog(client, ctx.clock, id, "warning", "cancel_requested", `${ctx.actor.name} cancelled the run.`);
    if (run.idle) return await endRunWithin(ctx, client, { id, attempt: run.attempt }, { status: "cancelled" });
    await announceRunChange(client, id);
    return null;
  });
  if (ended) ctx.telemetry.emit("runEnded", ended);
  return await getRun(ctx, { run: id });
}

async function requestCancel(
  client: PoolClient,
  id: string,
  actorId: string,
): Promise<{ idle: boolean; attempt: number } | undefined> {
  const { rows } = await client.query<{ idle: boolean; attempt: number }>(
    `update waybill.runs set cancel_requested_by = coalesce(cancel_requested_by, $2)
     where id = $1 and status = 'in_progress' and phase <> 'finishing'
     returning held_by is null or phase = 'queued' as idle, attempt`,
    [id, actorId],
  );
  return rows[0];
}
