import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { canonicalJson } from "../canonical-json.ts";
import type { Context } from "../context.ts";
import type { DefinitionFault } from "../definition/read-document.ts";
import { WaybillError } from "../errors.ts";
import type { ApplyOutcome } from "../integration/apply-integration.ts";
import { limits } from "../limits.ts";
import { findGoneFile } from "../run/run-files.ts";
import { fileUnknown } from "../stored-file/read-file.ts";
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
  if (!read.ok) throw invalid(read.faults);
  const faults = await checkSteps(ctx, read.value);
  if (faults.length > 0) throw invalid(read.locate(faults));
  try {
    return await transaction(ctx.database, (client) => writeVersion(ctx, client, read.value, yaml));
  } catch (error) {
    const gone = findGoneFile(error);
    throw gone ? fileUnknown(gone) : error;
  }
}

function invalid(faults: DefinitionFault[]): WaybillError {
  const lines = faults.map((fault) => `line ${fault.line}, ${fault.path || "document"}: ${fault.message}`);
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  return new WaybillError("definition_invalid", `The definition has ${count}:\n${lines.join("\n")}`, { faults });
}

interface ExistingRow {
  id: string;
  version: number;
  deleted: boolean;
  definition: unknown;
}

async function writeVersion(ctx: Context, client: PoolClient, definition: SetDefinition, yaml: string) {
  const { key } = definition;
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`set:${key}`]);
  const { rows } = await client.query<ExistingRow>(
    `select s.id, s.current_version as version, s.deleted_at is not null as deleted, v.definition
     from waybill.sets s join waybill.set_versions v on v.set_id = s.id and v.version = s.current_version
     where s.key = $1`,
    [key],
  );
  const existing = rows[0];
  const same = existing !== undefined && canonicalJson(existing.definition) === canonicalJson(definition);
  if (same && !existing.deleted) return { key, version: existing.version, outcome: "unchanged" as const };

  const now = ctx.clock.now();
  const id = existing?.id ?? uuidv7();
  const version = same ? existing.version : (existing?.version ?? 0) + 1;
  await client.query(
    `insert into waybill.sets (id, key, name, description, current_version, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $6)
     on conflict (key) do update set name = excluded.name, description = excluded.description,
       current_version = excluded.current_version, updated_at = excluded.updated_at, deleted_at = null`,
    [id, key, definition.name, definition.description, version, now],
  );
  if (!same) {
    await client.query(
      `insert into waybill.set_versions (set_id, version, definition, yaml, created_at, created_by)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, version, JSON.stringify(definition), yaml, now, ctx.actor.id],
    );
  }
  await pinFiles(client, id, definition);
  const outcome: ApplyOutcome = !existing ? "created" : existing.deleted ? "restored" : "updated";
  return { key, version, outcome };
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
