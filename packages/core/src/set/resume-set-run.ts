import { transaction } from "@waybill/db";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { breaksConstraint } from "../breaks-constraint.ts";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { openSecrets } from "../run/run-secrets.ts";
import { advanceSetRun } from "./advance-set-run.ts";
import { insertSetRun, type NewStep } from "./insert-set-run.ts";
import { checkStepsGiven, setDeleted } from "./prepare-set.ts";
import { faultOfStep, prepareStep, type StepFiles } from "./prepare-step.ts";
import { findSetRunId, getSetRun, getSetRunInput } from "./read-set-run.ts";
import { findSet } from "./read-sets.ts";
import { findResumePlace, type ResumePlace, sayRepeated, sayResumed } from "./resume-place.ts";
import type { WaybillSet } from "./set.ts";
import type { SetRunStep, SetRunSummary } from "./set-run.ts";
import { givenSteps } from "./start-set.ts";

export const resumeSetRunInput = z.strictObject({
  setRun: getSetRunInput.shape.setRun,
  /** Whether the failed step is passed over, and the set goes on at the next one that is not Completed. */
  after: z.boolean().default(false),
  /** Whether steps that were Completed may run again, where they come after the one at which the set goes on. */
  repeatCompleted: z.boolean().default(false),
  /** Files in place of those that the steps had. */
  steps: givenSteps,
});

/**
 * Goes on with a set that stopped, as a set run of its own: at the step that failed, or after it, with the values of the
 * first one and the set's current definition. What was done before that step is not done again; what was Completed after
 * it is, where that is asked for. Throws `set_run_unknown`, `set_run_not_final`, `set_deleted`, `step_unknown`,
 * `set_resume_refused`, or what starting a run of a step would throw.
 */
export async function resumeSetRun(ctx: Context, input: z.output<typeof resumeSetRunInput>): Promise<SetRunSummary> {
  const stopped = await getSetRun(ctx, { setRun: await findSetRunId(ctx, input.setRun) });
  const found = findResumePlace(stopped, input.after);
  if (!found.ok) throw new WaybillError(found.code, found.message);
  const set = await findSet(ctx, stopped.set);
  if (set.deleted) throw setDeleted(set.key);
  checkStepsGiven(set, input.steps);
  checkSameSteps(set, stopped);
  if (!input.repeatCompleted) checkNoneRepeated(found.place);
  const values = await valuesOf(ctx, stopped.id);
  const kept = await filesOf(ctx, stopped.id);
  const steps = stopped.steps.map((step): NewStep => {
    const given = input.steps[step.key];
    const files = {
      sourceFile: given?.sourceFile ?? kept.get(step.position)?.sourceFile ?? null,
      attachments: { ...kept.get(step.position)?.attachments, ...given?.attachments },
    };
    return takeOver(step, stopped.name, files, found.place);
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
    if (breaksConstraint(error, "set_runs_resumed_once")) throw refused(sayResumed("another set run"));
    throw breaksConstraint(error, "set_runs_name_unique")
      ? new Error("The name of a set run was taken meanwhile.")
      : error;
  }
  await advanceSetRun(ctx, id);
  return await getSetRun(ctx, { setRun: id });
}

/** Nothing that was done is done again unless somebody asked for it: it may have loaded records that would be there twice. */
function checkNoneRepeated({ repeated }: ResumePlace<SetRunStep>): void {
  if (repeated.length === 0) return;
  throw refused(`${sayRepeated(repeated)} Where that is wanted, resume the set run with repeatCompleted.`);
}

function takeOver(
  step: SetRunStep,
  from: string,
  files: StepFiles,
  { first, passed }: ResumePlace<SetRunStep>,
): NewStep {
  if (step.position >= first.position) return { status: "waiting", files, runId: null, note: null };
  const runId = step.run?.id ?? null;
  if (step.position === passed?.position) {
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

function refused(message: string): WaybillError {
  return new WaybillError("set_resume_refused", message);
}
