import { createHmac } from "node:crypto";
import { transaction } from "@waybill/db";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { canonicalJson } from "../canonical-json.ts";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { resolveGiven } from "../run/resolve-given.ts";
import { findGoneFile } from "../run/run-files.ts";
import { fileUnknown } from "../stored-file/read-file.ts";
import { advanceSetRun } from "./advance-set-run.ts";
import { insertSetRun, isSetRunNameTaken } from "./insert-set-run.ts";
import { faultOfStep, prepareStep, type StepFiles } from "./prepare-step.ts";
import { getSetRun } from "./read-set-run.ts";
import { findSet } from "./read-sets.ts";
import type { WaybillSet } from "./set.ts";
import type { SetStep } from "./set-definition.ts";
import type { SetRunSummary } from "./set-run.ts";

/** What is given to one step in place of what its set says. */
const givenStep = z.strictObject({
  sourceFile: z.uuid().optional(),
  attachments: z.record(z.string(), z.uuid()).default({}),
});

/** Files for steps, by the keys of the steps. */
export const givenSteps = z.record(z.string().max(100), givenStep).default({});
export type GivenSteps = z.output<typeof givenSteps>;

export const startSetInput = z.strictObject({
  set: z.string().max(100),
  name: z.string().optional(),
  /** Values that are given once for the set. */
  parameters: z.record(z.string(), z.unknown()).default({}),
  /** What each step reads that has no source file of its own. */
  sourceFile: z.uuid().optional(),
  steps: givenSteps,
  idempotencyKey: z.string().min(1).max(200).optional(),
});
export type StartSetInput = z.output<typeof startSetInput>;

/**
 * Starts a set and returns at once. Every step is checked first, so that a set with a step that could not start does not
 * start. The same idempotency key with the same request gives back the set run it made. Throws `set_unknown`,
 * `set_deleted`, `step_unknown`, or what starting a run of a step would throw, with the step named.
 */
export async function startSet(ctx: Context, input: StartSetInput): Promise<SetRunSummary> {
  const requestSha256 = hashRequest(ctx, input);
  const earlier = await findSameRequest(ctx, input.idempotencyKey, requestSha256);
  if (earlier) return await getSetRun(ctx, { setRun: earlier });
  const set = await findSet(ctx, input.set);
  if (set.deleted) throw setDeleted(set.key);
  checkStepsGiven(set, input.steps);
  const values = resolveGiven(ctx, set, input.parameters);
  const steps = set.definition.steps.map((step) => ({ step, files: filesOf(step, input) }));
  for (const [index, { step, files }] of steps.entries()) {
    await prepareStep(ctx, { step, values, files }).catch((error: unknown): never => {
      throw faultOfStep(step, index + 1, error);
    });
  }
  const id = uuidv7();
  const { name, idempotencyKey = null } = input;
  try {
    await transaction(ctx.database, async (client) => {
      await insertSetRun(ctx, client, {
        id,
        name,
        set,
        values,
        steps: steps.map(({ files }) => ({ status: "waiting", files, runId: null, note: null })),
        origin: { trigger: "manual", fromSetRunId: null },
        idempotencyKey,
        requestSha256,
      });
    });
  } catch (error) {
    const winner = await findSameRequest(ctx, input.idempotencyKey, requestSha256);
    if (winner) return await getSetRun(ctx, { setRun: winner });
    const gone = findGoneFile(error);
    if (gone) throw fileUnknown(gone);
    throw isSetRunNameTaken(error) ? nameTaken(name ?? "") : error;
  }
  await advanceSetRun(ctx, id);
  return await getSetRun(ctx, { setRun: id });
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
function filesOf(step: SetStep, input: Pick<StartSetInput, "steps" | "sourceFile">): StepFiles {
  const given = input.steps[step.key];
  return {
    sourceFile: given?.sourceFile ?? step.sourceFile ?? input.sourceFile ?? null,
    attachments: { ...step.attachments, ...given?.attachments },
  };
}

async function findSameRequest(ctx: Context, key: string | undefined, requestSha256: string): Promise<string | null> {
  if (key === undefined) return null;
  const { rows } = await ctx.database.pool.query<{ id: string; name: string; sha256: string }>(
    `select id, name, request_sha256 as sha256 from waybill.set_runs where started_by = $1 and idempotency_key = $2`,
    [ctx.actor.id, key],
  );
  if (!rows[0]) return null;
  if (rows[0].sha256 === requestSha256) return rows[0].id;
  const message = `The idempotency key ${JSON.stringify(key)} was used for another request, the set run ${JSON.stringify(rows[0].name)}. Use a new key.`;
  throw new WaybillError("idempotency_key_reused", message, { setRun: rows[0].id });
}

/** Nobody can find the secrets of a request by trying them against its hash: that takes the master key. */
function hashRequest(ctx: Context, { idempotencyKey: _, ...request }: StartSetInput): string {
  return createHmac("sha256", ctx.masterKey).update(canonicalJson(request)).digest("hex");
}

function nameTaken(name: string): WaybillError {
  const message = `There is already a set run named ${JSON.stringify(name)}. Choose another name, or leave it out for one with the date and time.`;
  return new WaybillError("run_name_taken", message, { name });
}
