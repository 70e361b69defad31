import { createHmac } from "node:crypto";
import { transaction } from "@waybill/db";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { breaksConstraint } from "../breaks-constraint.ts";
import { canonicalJson } from "../canonical-json.ts";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { fileUnknown, findFile, findFiles } from "../stored-file/read-file.ts";
import type { StoredFile } from "../stored-file/stored-file.ts";
import type { RunOrigin } from "./insert-run.ts";
import { insertPrepared, prepareRun } from "./prepare-run.ts";
import { getRun } from "./read-run.ts";
import { findGoneFile } from "./run-files.ts";
import { runNameTaken } from "./run-name.ts";
import type { RunSummary } from "./run-summary.ts";

export const startRunInput = z.strictObject({
  integration: z.string().max(100),
  name: z.string().optional(),
  sourceFile: z.uuid().optional(),
  parameters: z.record(z.string(), z.unknown()).default({}),
  attachments: z.record(z.string(), z.uuid()).default({}),
  test: z.boolean().default(false),
  idempotencyKey: z.string().min(1).max(200).optional(),
});
export type StartRunInput = z.output<typeof startRunInput>;

const afresh: RunOrigin = { trigger: "manual", fromRunId: null };

/**
 * Starts a run and returns at once; the run is In-Progress, queued. The same idempotency key with the same request
 * gives back the run it made. Throws when the integration, name, parameters or files do not fit; then there is no run.
 */
export async function startRun(ctx: Context, input: StartRunInput, origin: RunOrigin = afresh): Promise<RunSummary> {
  const sent = {
    source: input.sourceFile ? await findFile(ctx, input.sourceFile) : null,
    attachments: await findFiles(ctx, input.attachments),
  };
  const requestSha256 = hashRequest(ctx, input, sent, origin);
  const earlier = await findSameRequest(ctx, input.idempotencyKey, requestSha256);
  if (earlier) return await getRun(ctx, { run: earlier });

  const { integration, parameters } = input;
  const prepared = await prepareRun(ctx, { integration, parameters, ...sent });
  const id = uuidv7();
  try {
    await transaction(ctx.database, async (client) => {
      const { name, test, idempotencyKey = null } = input;
      await insertPrepared(ctx, client, prepared, { id, name, test, idempotencyKey, requestSha256, origin });
    });
  } catch (error) {
    const winner = await findSameRequest(ctx, input.idempotencyKey, requestSha256);
    if (winner) return await getRun(ctx, { run: winner });
    const gone = findGoneFile(error);
    if (gone) throw fileUnknown(gone);
    throw breaksConstraint(error, "runs_name_unique") ? runNameTaken("run", input.name ?? "") : error;
  }
  return await getRun(ctx, { run: id });
}

async function findSameRequest(ctx: Context, key: string | undefined, requestSha256: string): Promise<string | null> {
  if (key === undefined) return null;
  const { rows } = await ctx.database.pool.query<{ id: string; name: string; request_sha256: string }>(
    "select id, name, request_sha256 from waybill.runs where started_by = $1 and idempotency_key = $2",
    [ctx.actor.id, key],
  );
  if (!rows[0]) return null;
  if (rows[0].request_sha256 === requestSha256) return rows[0].id;
  const message = `The idempotency key ${JSON.stringify(key)} was used for another request, the run ${JSON.stringify(rows[0].name)}. Use a new key.`;
  throw new WaybillError("idempotency_key_reused", message, { run: rows[0].id });
}

interface SentFiles {
  source: StoredFile | null;
  attachments: Record<string, StoredFile>;
}

/**
 * Nobody can find the secrets of a request by trying them against its hash: that takes the master key. A file counts by
 * its name and bytes, since whoever repeats a request sends its files again, and they get new ids.
 */
function hashRequest(ctx: Context, input: StartRunInput, sent: SentFiles, origin: RunOrigin): string {
  const { idempotencyKey: _, ...request } = input;
  const attached = Object.entries(sent.attachments).map(([key, file]) => [key, contentOf(file)]);
  const files = { sourceFile: sent.source && contentOf(sent.source), attachments: Object.fromEntries(attached) };
  return createHmac("sha256", ctx.masterKey)
    .update(canonicalJson([{ ...request, ...files }, origin]))
    .digest("hex");
}

function contentOf({ name, sha256 }: StoredFile) {
  return { name, sha256 };
}
