import type { RunTrigger } from "@waybill/db/words";
import type { PoolClient } from "pg";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { resolveGiven } from "../run/resolve-given.ts";
import { insertSetRun } from "./insert-set-run.ts";
import { faultOfStep, prepareStep, type StepFiles } from "./prepare-step.ts";
import { findSet } from "./read-sets.ts";
import type { WaybillSet } from "./set.ts";
import type { SetStep } from "./set-definition.ts";

/** What is given to one step in place of what its set says. */
export type GivenSteps = Record<string, { sourceFile?: string | undefined; attachments: Record<string, string> }>;

/** What a set is asked to run with. */
export interface AskedSet {
  set: string;
  parameters: Record<string, unknown>;
  /** What each step reads that has no source file of its own. */
  sourceFile?: string | undefined;
  steps: GivenSteps;
}

/** A set that may be run: as it stands, with values and files that each of its steps takes. */
export interface PreparedSet {
  set: WaybillSet;
  values: Record<string, unknown>;
  files: StepFiles[];
}

/**
 * Checks what a set is to run with, every step. Throws `set_unknown`, `set_deleted`, `step_unknown`, or what starting a
 * run of a step would throw, with the step named.
 */
export async function prepareSet(ctx: Context, asked: AskedSet): Promise<PreparedSet> {
  const set = await findSet(ctx, asked.set);
  if (set.deleted) throw setDeleted(set.key);
  checkStepsGiven(set, asked.steps);
  const values = resolveGiven(ctx, set, asked.parameters);
  const files = set.definition.steps.map((step) => filesOf(step, asked));
  for (const [index, step] of set.definition.steps.entries()) {
    const of = files[index] ?? { sourceFile: null, attachments: {} };
    await prepareStep(ctx, { step, values, files: of }).catch((error: unknown): never => {
      throw faultOfStep(step, index + 1, error);
    });
  }
  return { set, values, files };
}

/** What of a set run that was prepared is its own. */
export interface OwnOfSetRun {
  id: string;
  trigger: RunTrigger;
  name?: string | undefined;
  idempotencyKey?: string | null;
  requestSha256?: string | null;
}

/** Starts a set run that was prepared, in the caller's transaction. Throws `run_name_invalid`. */
export async function insertPreparedSet(
  ctx: Context,
  client: PoolClient,
  { set, values, files }: PreparedSet,
  { id, trigger, name, idempotencyKey = null, requestSha256 = null }: OwnOfSetRun,
): Promise<void> {
  const steps = files.map((of) => ({ status: "waiting" as const, files: of, runId: null, note: null }));
  const origin = { trigger, fromSetRunId: null };
  await insertSetRun(ctx, client, { id, name, set, values, steps, origin, idempotencyKey, requestSha256 });
}

/** The error of a set that takes no runs any more. */
export function setDeleted(key: string): WaybillError {
  const message = `The set ${JSON.stringify(key)} has been deleted. Apply its definition again to restore it.`;
  return new WaybillError("set_deleted", message);
}

/** Throws `step_unknown` where something is given to a step that the set does not have. */
export function checkStepsGiven({ definition, name }: WaybillSet, given: GivenSteps): void {
  const known = definition.steps.map((step) => step.key);
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const message = `${name} has no step ${JSON.stringify(unknown)}. It has: ${known.join(", ")}.`;
  throw new WaybillError("step_unknown", message, { step: unknown });
}

/** What is given for the step, else what the set says, else what is given once for all of them. */
function filesOf(step: SetStep, asked: Pick<AskedSet, "steps" | "sourceFile">): StepFiles {
  const given = asked.steps[step.key];
  return {
    sourceFile: given?.sourceFile ?? step.sourceFile ?? asked.sourceFile ?? null,
    attachments: { ...step.attachments, ...given?.attachments },
  };
}
