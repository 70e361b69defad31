import { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { findIntegration } from "../integration/read-integration.ts";
import { givenParameters } from "./given-parameters.ts";
import { getRun, getRunInput } from "./read-run.ts";
import type { RunSummary } from "./run-summary.ts";
import { startRun } from "./start-run.ts";
import { isFinal } from "./status.ts";

export const rerunInput = z.strictObject({
  run: getRunInput.shape.run,
  name: z.string().optional(),
  idempotencyKey: z.string().min(1).max(200).optional(),
});

/**
 * Runs again with the same values and the same bytes, under the integration's current definition.
 * Throws `run_unknown`, `run_not_final`, `rerun_refused`, or what starting a run throws.
 */
export async function rerun(ctx: Context, input: z.output<typeof rerunInput>): Promise<RunSummary> {
  const run = await getRun(ctx, { run: input.run });
  if (!isFinal(run.status)) {
    throw new WaybillError(
      "run_not_final",
      "The run is not over yet. Wait for its end, or cancel it, then run it again.",
    );
  }
  if (run.trigger === "resubmit") {
    const message =
      "This run sent rejected records again, and may have been followed by others. Resubmit what is still open, or run the whole file again.";
    throw new WaybillError("rerun_refused", message);
  }
  const { definition } = await findIntegration(ctx, run.integration);
  if (!definition.rerun) {
    const message = `${definition.name} does not allow a run to be repeated. Start a new run with its values.`;
    throw new WaybillError("rerun_refused", message);
  }
  const attached = run.files.filter((file) => file.role === "attachment").map((file) => [file.key, file.id]);
  return await startRun(
    ctx,
    {
      integration: run.integration,
      name: input.name,
      sourceFile: run.files.find((file) => file.role === "source")?.id,
      parameters: await givenParameters(ctx, run.id, definition),
      attachments: Object.fromEntries(attached),
      test: run.test,
      idempotencyKey: input.idempotencyKey,
    },
    { trigger: "rerun", fromRunId: run.id },
  );
}
