import { transaction } from "@waybill/db";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { breaksConstraint } from "../breaks-constraint.ts";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { openSecrets } from "../run/run-secrets.ts";
import { advanceSetRun } from "./advance-set-run.ts";
import { insertSetRun, type NewStep } from "./insert-set-run.ts";
import { isFailure } from "./plan-next.ts";
import { checkStepsGiven, setDeleted } from "./prepare-set.ts";
import { faultOfStep, prepareStep, type StepFiles } from "./prepare-step.ts";
import { findSetRunId, getSetRun, getSetRunInput } from "./read-set-run.ts";
import { findSet } from "./read-sets.ts";
import type { WaybillSet } from "./set.ts";
import type { SetRunStep, SetRunSummary } from "./set-run.ts";
import { givenSteps } from "./start-set.ts";

export const resumeSetRunInput = z.strictObject({
  setRun: getSetRunInput.shape.setRun,
  /** Whether the failed step is passed over, and the set goes on with the one after it. */
  after: z.boolean().default(false),
  /** Files in place of those that the steps had. */
  steps: givenSteps,
});

/**
 * Goes on with a set that stopped, as a set run of its own: at the step that failed, or after it, with the values of the
 * first one and the set's current definition. What was done before is not done again. Throws `set_run_unknown`,
 * `set_run_not_final`, `set_deleted`, `step_unknown`, `set_resume_refused`, or what starting a run of a step would throw.
 */
export async function resumeSetRun(ctx: Context, input: z.output<typeof resumeSetRunInput>): Promise<SetRunSummary> {
  const stopped = await getSetRun(ctx, { setRun: await findSetRunId(ctx, input.setRun) });
  if (stopped.status === "in_progress") {
    const message = "The set run is not over yet. Wait for its end, or cancel it, then resume it.";
    throw new WaybillError("set_run_not_final", message);
  }
  if (stopped.resumedBy) throw resumedAlready(stopped.resumedBy.name);
  const set = await findSet(ctx, stopped.set);
  if (set.deleted) throw setDeleted(set.key);
  checkStepsGiven(set, input.steps);
  checkSameSteps(set, stopped);
  const at = findPlace(stopped, input.after);
  const values = await valuesOf(ctx, stopped.id);
  const kept = await filesOf(ctx, stopped.id);
  const steps = stopped.steps.map((step): NewStep => {
    const given = input.steps[step.key];
    const files = {
      sourceFile: given?.sourceFile ?? kept.get(step.position)?.sourceFile ?? null,
      attachments: { ...kept.get(step.position)?.attachments, ...given?.attachments },
    };
    return takeOver(step, stopped.name, files, at);
  });
  for (const [index, { status, files }] of steps.entries()) {
    const step = set.definition.steps[index];
    if (!step || status !== "waiting") continue;
    await prepareStep(ctx, { step, values, files }).catch((error: unknown): never => {
      throw faultOfStep(step, index + 1, error);
    });
  }
  const id = uuidv7();
  try {
    await transaction(ctx.database, async (client) => {
      await insertSetRun(ctx, client, {
        id,
        name: undefined,
        set,
        values,
        steps,
        origin: { trigger: "rerun", fromSetRunId: stopped.id },
        idempotencyKey: null,
        requestSha256: null,
      });
    });
  } catch (error) {
    if (breaksConstraint(error, "set_runs_resumed_once")) throw resumedAlready("another set run");
    throw breaksConstraint(error, "set_runs_name_unique")
      ? new Error("The name of a set run was taken meanwhile.")
      : error;
  }
  await advanceSetRun(ctx, id);
  return await getSetRun(ctx, { setRun: id });
}

/** Where the set goes on. `passed` is the position of a failed step that is passed over. */
interface Place {
  from: number;
  passed: number | null;
}

function findPlace({ steps, name }: SetRunSummary, after: boolean): Place {
  const failed = steps.find((step) => step.abortOnFailure && isFailure(step.status)) ?? steps.find(isLeft);
  if (!failed)
    throw refused(
      `All steps of ${JSON.stringify(name)} are Completed, so there is nothing to resume. Run the set again.`,
    );
  if (!after) return { from: failed.position, passed: null };
  if (!isFailure(failed.status)) {
    throw refused(`No step of ${JSON.stringify(name)} has failed that could be passed over. Resume it without that.`);
  }
  if (failed.position === steps.length) {
    throw refused(`Step ${failed.position} is the last one, so there is none after it. Resume the set at that step.`);
  }
  return { from: failed.position + 1, passed: failed.position };
}

function isLeft({ status }: SetRunStep): boolean {
  return isFailure(status) || status === "skipped" || status === "waiting";
}

function takeOver(step: SetRunStep, from: string, files: StepFiles, { from: first, passed }: Place): NewStep {
  if (step.position >= first) return { status: "waiting", files, runId: null, note: null };
  const runId = step.run?.id ?? null;
  if (step.position === passed) {
    const message = `Passed over, as somebody asked who resumed ${JSON.stringify(from)}, in which it had failed.`;
    return { status: "skipped", files, runId: null, note: { code: "step_passed_over", message } };
  }
  const note = { code: "step_taken_over", message: `Done in ${JSON.stringify(from)}.` };
  return { status: step.status, files, runId, note: step.note ?? note };
}

/** What was done before must be what the definition says now, or nobody could tell what the set has done. */
function checkSameSteps({ definition, name, version }: WaybillSet, stopped: SetRunSummary): void {
  const keys = (steps: readonly { key: string; integration: string }[]) =>
    steps.map((step) => `${step.key} ${step.integration}`).join("\n");
  if (keys(definition.steps) === keys(stopped.steps)) return;
  throw refused(
    `${name} has other steps now, by version ${version}, than it had in ${JSON.stringify(stopped.name)}. Run the set again.`,
  );
}

async function valuesOf({ database, masterKey }: Context, id: string): Promise<Record<string, unknown>> {
  const { rows } = await database.pool.query<{ parameters: Record<string, unknown>; secrets: Record<string, string> }>(
    "select parameters, secrets from waybill.set_runs where id = $1",
    [id],
  );
  return openSecrets(masterKey, rows[0]?.parameters ?? {}, rows[0]?.secrets ?? {});
}

async function filesOf({ database }: Context, id: string): Promise<Map<number, StepFiles>> {
  const { rows } = await database.pool.query<{ position: number; files: Record<string, string> }>(
    `select position, json_object_agg(key, file_id) as files from waybill.set_run_files where set_run_id = $1
     group by position`,
    [id],
  );
  return new Map(
    rows.map(({ position, files: { "": sourceFile = null, ...attachments } }) => [
      position,
      { sourceFile, attachments },
    ]),
  );
}

function resumedAlready(by: string): WaybillError {
  return refused(`The set run has been resumed already, by ${by}. Resume that one, where it has stopped too.`);
}

function refused(message: string): WaybillError {
  return new WaybillError("set_resume_refused", message);
}
