import { createHmac } from "node:crypto";
import { transaction } from "@waybill/db";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { breaksConstraint } from "../breaks-constraint.ts";
import { canonicalJson } from "../canonical-json.ts";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { findGoneFile } from "../run/run-files.ts";
import { runNameTaken } from "../run/run-name.ts";
import { fileUnknown } from "../stored-file/read-file.ts";
import { advanceSetRun } from "./advance-set-run.ts";
import { insertPreparedSet, prepareSet } from "./prepare-set.ts";
import { getSetRun } from "./read-set-run.ts";
import type { SetRunSummary } from "./set-run.ts";

/** What is given to one step in place of what its set says. */
const givenStep = z.strictObject({
  sourceFile: z.uuid().optional(),
  attachments: z.record(z.string(), z.uuid()).default({}),
});

/** Files for steps, by the keys of the steps. */
export const givenSteps = z.record(z.string().max(100), givenStep).default({});

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
  const prepared = await prepareSet(ctx, input);
  const id = uuidv7();
  const { name, idempotencyKey = null } = input;
  try {
    await transaction(ctx.database, async (client) => {
      const own = { id, trigger: "manual" as const, name, idempotencyKey, requestSha256 };
      await insertPreparedSet(ctx, client, prepared, own);
    });
  } catch (error) {
    const winner = await findSameRequest(ctx, input.idempotencyKey, requestSha256);
    if (winner) return await getSetRun(ctx, { setRun: winner });
    const gone = findGoneFile(error);
    if (gone) throw fileUnknown(gone);
    throw breaksConstraint(error, "set_runs_name_unique") ? runNameTaken("set run", name ?? "") : error;
  }
  await advanceSetRun(ctx, id);
  return await getSetRun(ctx, { setRun: id });
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
