import { transaction } from "@waybill/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { findRunId, getRun, getRunInput } from "./read-run.ts";
import { announceRunChange } from "./run-changes.ts";
import { writeRunLog } from "./run-log.ts";
import { closePhases } from "./run-phases.ts";
import type { RunSummary } from "./run-summary.ts";

export const cancelRunInput = getRunInput;

/**
 * Asks a run to stop; one that waits in the queue is Cancelled at once, one at work after its batch.
 * Throws `run_unknown`, or `run_already_final` once its records are all in.
 */
export async function cancelRun(ctx: Context, input: z.output<typeof cancelRunInput>): Promise<RunSummary> {
  const id = await findRunId(ctx, input.run);
  await transaction(ctx.database, async (client) => {
    await client.query("select from waybill.runs where id = $1 for update", [id]);
    const phases = await closePhases(client, id, ctx.clock.now());
    const { rowCount } = await client.query(
      `update waybill.runs set cancel_requested_by = coalesce(cancel_requested_by, $2),
         status = case when phase = 'queued' then 'cancelled' else status end,
         finished_at = case when phase = 'queued' then $3::timestamptz else finished_at end,
         phases = case when phase = 'queued' then $4::jsonb else phases end,
         phase = case when phase = 'queued' then null else phase end
       where id = $1 and status = 'in_progress' and phase <> 'finishing'`,
      [id, ctx.actor.id, ctx.clock.now(), JSON.stringify(phases)],
    );
    if (rowCount === 0) {
      const message = "The run is over, or all of its records are in, so it cannot be cancelled.";
      throw new WaybillError("run_already_final", message);
    }
    await writeRunLog(client, ctx.clock, id, "warning", "cancel_requested", `${ctx.actor.name} cancelled the run.`);
    await announceRunChange(client, id);
  });
  return await getRun(ctx, { run: id });
}
