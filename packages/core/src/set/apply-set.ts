import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import { z } from "zod";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
import { findGoneFile } from "../run/run-files.ts";
import { fileUnknown } from "../stored-file/read-file.ts";
import { type ApplyOutcome, definitionInvalid, writeVersion } from "../write-version.ts";
import { checkSteps } from "./check-steps.ts";
import { readSet } from "./read-set.ts";
import { setUnknown } from "./read-sets.ts";
import type { SetDefinition } from "./set-definition.ts";

export const applySetInput = z.strictObject({ yaml: z.string().max(limits.definitionBytesMax) });

/**
 * Makes a definition the current version of its set. An unchanged one makes no new version. Throws `definition_invalid`
 * with every fault and its line, those of steps that the integrations do not take among them, or `file_unknown`.
 */
export async function applySet(
  ctx: Context,
  { yaml }: z.output<typeof applySetInput>,
): Promise<{ key: string; version: number; outcome: ApplyOutcome }> {
  const read = readSet(yaml);
  if (!read.ok) throw definitionInvalid(read.faults);
  const faults = await checkSteps(ctx, read.value);
  if (faults.length > 0) throw definitionInvalid(read.locate(faults));
  try {
    return await transaction(ctx.database, (client) => write(ctx, client, read.value, yaml));
  } catch (error) {
    const gone = findGoneFile(error);
    throw gone ? fileUnknown(gone) : error;
  }
}

async function write(ctx: Context, client: PoolClient, definition: SetDefinition, yaml: string) {
  const { id, ...applied } = await writeVersion(ctx, client, { kind: "set", definition, yaml });
  await pinFiles(client, id, definition);
  return applied;
}

async function pinFiles(client: PoolClient, setId: string, { steps }: SetDefinition): Promise<void> {
  const files = steps.flatMap((step) => [step.sourceFile ?? [], Object.values(step.attachments)].flat());
  await client.query("delete from waybill.set_files where set_id = $1", [setId]);
  await client.query("insert into waybill.set_files (set_id, file_id) select $1, id from unnest($2::uuid[]) id", [
    setId,
    [...new Set(files)],
  ]);
}

export const deleteSetInput = z.strictObject({ key: z.string().max(100) });

/** Takes a set out of use; its runs and versions stay, and applying it again restores it. Throws `set_unknown`. */
export async function deleteSet(ctx: Context, { key }: z.output<typeof deleteSetInput>): Promise<{ key: string }> {
  return await transaction(ctx.database, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "update waybill.sets set deleted_at = $2 where key = $1 and deleted_at is null returning id",
      [key, ctx.clock.now()],
    );
    if (!rows[0]) throw setUnknown(key);
    await client.query("delete from waybill.set_files where set_id = $1", [rows[0].id]);
    return { key };
  });
}
