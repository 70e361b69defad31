import { transaction } from "@waybill/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { announceRunChange } from "../run/run-changes.ts";
import { advanceSetRun } from "./advance-set-run.ts";
import { findSetRunId, getSetRun, getSetRunInput } from "./read-set-run.ts";
import type { SetRunSummary } from "./set-run.ts";

export const cancelSetRunInput = getSetRunInput;

/**
 * Asks a set run to stop: the run of its step is cancelled, and the steps after it are skipped. Throws `set_run_unknown`,
 * or `set_run_already_final`.
 */
export async function cancelSetRun(ctx: Context, input: z.output<typeof cancelSetRunInput>): Promise<SetRunSummary> {
  const id = await findSetRunId(ctx, input.setRun);
  await transaction(ctx.database, async (client) => {
    const { rowCount } = await client.query(
      `update waybill.set_runs set cancel_requested_by = coalesce(cancel_requested_by, $2)
       where id = $1 and status = 'in_progress'`,
      [id, ctx.actor.id],
    );
    if (rowCount === 0) {
      const message = "The set run is over, so it cannot be cancelled. See in its steps what was done.";
      throw new WaybillError("set_run_already_final", message);
    }
    await announceRunChange(client, id);
  });
  await advanceSetRun(ctx, id);
  return await getSetRun(ctx, { setRun: id });
}
