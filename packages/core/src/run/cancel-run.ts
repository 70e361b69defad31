import { transaction } from "@waybill/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { findRunId, getRun, getRunInput } from "./read-run.ts";
import { readRunEnd } from "./read-run-end.ts";
import { announceRunChange } from "./run-changes.ts";
import { writeRunLog } from "./run-log.ts";
import { endedPhases } from "./run-phases.ts";
import type { RunSummary } from "./run-summary.ts";
import { isFinal, type RunStatus } from "./status.ts";

export const cancelRunInput = getRunInput;

/**
 * Asks a run to stop; one that no worker holds is Cancelled at once, one at work after its batch.
 * Throws `run_unknown`, or `run_already_final` once its records are all in.
 */
export async function cancelRun(ctx: Context, input: z.output<typeof cancelRunInput>): Promise<RunSummary> {
  const id = await findRunId(ctx, input.run);
  const ended = await transaction(ctx.database, async (client) => {
    await client.query("select from waybill.runs where id = $1 for update", [id]);
    const { rows } = await client.query<{ status: RunStatus }>(
      `with found as (
         select id, held_by is null or phase = 'queued' as idle from waybill.runs
         where id = $1 and status = 'in_progress' and phase <> 'finishing'
       )
       update waybill.runs r set cancel_requested_by = coalesce(r.cancel_requested_by, $2),
         status = case when idle then 'cancelled' else r.status end,
         finished_at = case when idle then $3::text::timestamptz else r.finished_at end,
         phases = case when idle then ${endedPhases("$3")} else r.phases end,
         phase = case when idle then null else r.phase end
       from found where r.id = found.id
       returning r.status`,
      [id, ctx.actor.id, ctx.clock.now().toISOString()],
    );
    const [run] = rows;
    if (!run) {
      const message = "The run is over, or all of its records are in, so it cannot be cancelled.";
      throw new WaybillError("run_already_final", message);
    }
    if (isFinal(run.status)) await client.query("delete from waybill.run_seen_values where run_id = $1", [id]);
    await writeRunLog(client, ctx.clock, id, "warning", "cancel_requested", `${ctx.actor.name} cancelled the run.`);
    await announceRunChange(client, id);
    return await readRunEnd(client, id);
  });
  // Only a run that waited in the queue is over at once.
  if (ended.status === "cancelled") ctx.telemetry.emit("runEnded", ended);
  return await getRun(ctx, { run: id });
}
