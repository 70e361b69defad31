import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { canonicalJson } from "../canonical-json.ts";
import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { readDefinition } from "../definition/read-definition.ts";
import { WaybillError } from "../errors.ts";
import { ceilingFileLimits, limits } from "../limits.ts";

export const applyIntegrationInput = z.strictObject({ yaml: z.string().max(limits.definitionBytesMax) });

/** What applying a definition did. */
export type ApplyOutcome = "created" | "updated" | "unchanged" | "restored";

/**
 * Makes a definition the current version of its integration. An unchanged one makes no new version.
 * Throws `definition_invalid` with every fault and its line, or `definition_limit_above_ceiling`.
 */
export async function applyIntegration(
  ctx: Context,
  input: z.output<typeof applyIntegrationInput>,
): Promise<{ key: string; version: number; outcome: ApplyOutcome }> {
  const read = readDefinition(input.yaml);
  if (!read.ok) throw invalid(read.faults);
  checkCeilings(read.definition);
  return await transaction(ctx.database, (client) => writeVersion(ctx, client, read.definition, input.yaml));
}

function invalid(faults: { path: string; line: number; column: number; message: string }[]): WaybillError {
  const lines = faults.map((fault) => `line ${fault.line}, ${fault.path || "document"}: ${fault.message}`);
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  return new WaybillError("definition_invalid", `The definition has ${count}:\n${lines.join("\n")}`, { faults });
}

function checkCeilings(definition: Definition): void {
  for (const [name, value] of Object.entries(definition.source.limits ?? {})) {
    const ceiling = ceilingFileLimits[name as keyof typeof ceilingFileLimits];
    if (value !== undefined && value > ceiling) {
      const message = `source.limits.${name} is ${value}, above the ${ceiling} bytes that this server allows. Lower it.`;
      throw new WaybillError("definition_limit_above_ceiling", message, { name, value, ceiling });
    }
  }
}

async function writeVersion(ctx: Context, client: PoolClient, definition: Definition, yaml: string) {
  const { key } = definition;
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`integration:${key}`]);
  const { rows } = await client.query<ExistingRow>(
    `select i.id, i.current_version as version, i.deleted_at is not null as deleted, v.definition
     from waybill.integrations i
     join waybill.integration_versions v on v.integration_id = i.id and v.version = i.current_version
     where i.key = $1`,
    [key],
  );
  const existing = rows[0];
  const same = existing !== undefined && canonicalJson(existing.definition) === canonicalJson(definition);
  if (same && !existing.deleted) return { key, version: existing.version, outcome: "unchanged" as const };

  const now = ctx.clock.now();
  const id = existing?.id ?? uuidv7();
  const version = same ? existing.version : (existing?.version ?? 0) + 1;
  await client.query(
    `insert into waybill.integrations (id, key, name, description, direction, current_version, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)
     on conflict (key) do update set name = excluded.name, description = excluded.description,
       direction = excluded.direction, current_version = excluded.current_version,
       updated_at = excluded.updated_at, deleted_at = null`,
    [id, key, definition.name, definition.description ?? "", definition.direction, version, now],
  );
  if (!same) {
    await client.query(
      `insert into waybill.integration_versions (integration_id, version, definition, yaml, created_at, created_by)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, version, JSON.stringify(definition), yaml, now, ctx.actor.id],
    );
  }
  const outcome: ApplyOutcome = !existing ? "created" : existing.deleted ? "restored" : "updated";
  return { key, version, outcome };
}

interface ExistingRow {
  id: string;
  version: number;
  deleted: boolean;
  definition: unknown;
}
