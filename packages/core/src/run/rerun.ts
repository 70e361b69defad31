import { z } from "zod";
import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { WaybillError } from "../errors.ts";
import { findIntegration } from "../integration/read-integration.ts";
import { getRun, getRunInput } from "./read-run.ts";
import { openSecrets, secretKeys } from "./run-secrets.ts";
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
      parameters: await parametersOf(ctx, run, definition),
      attachments: Object.fromEntries(attached),
      test: run.test,
      idempotencyKey: input.idempotencyKey,
    },
    { trigger: "rerun", fromRunId: run.id },
  );
}

/** A value that was a secret is given again only to a secret. */
async function parametersOf(ctx: Context, run: RunSummary, definition: Definition): Promise<Record<string, unknown>> {
  const { rows } = await ctx.database.pool.query<{ secrets: Record<string, string> }>(
    "select secrets from waybill.runs where id = $1",
    [run.id],
  );
  const sealed = rows[0]?.secrets ?? {};
  const secret = new Set(secretKeys(definition));
  const open = Object.entries(run.parameters).filter(([key, value]) => value !== null && !(key in sealed));
  const kept = Object.entries(sealed).filter(([key]) => secret.has(key));
  return openSecrets(ctx.masterKey, Object.fromEntries(open), Object.fromEntries(kept));
}
