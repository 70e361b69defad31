import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import { canonicalJson } from "./canonical-json.ts";
import type { Context } from "./context.ts";
import type { DefinitionFault } from "./definition/read-document.ts";
import { WaybillError } from "./errors.ts";

/** What applying a definition did. */
export type ApplyOutcome = "created" | "updated" | "unchanged" | "restored";

/** A definition that is to be the current version of what it describes, and the text that it was read from. */
interface NewVersion {
  kind: "integration" | "set";
  definition: { key: string; name: string; description?: string | undefined };
  yaml: string;
  /** Columns that only its kind has. */
  more?: Record<string, string>;
}

interface Existing {
  id: string;
  version: number;
  deleted: boolean;
  definition: unknown;
}

/**
 * Makes a definition the current version of its integration or set, and restores that. What is unchanged gets no new
 * version. It is held until the transaction ends.
 */
export async function writeVersion(
  ctx: Context,
  client: PoolClient,
  { kind, definition, yaml, more = {} }: NewVersion,
): Promise<{ id: string; key: string; version: number; outcome: ApplyOutcome }> {
  const { key } = definition;
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`${kind}:${key}`]);
  const { rows } = await client.query<Existing>(
    `select t.id, t.current_version as version, t.deleted_at is not null as deleted, v.definition
     from waybill.${kind}s t join waybill.${kind}_versions v on v.${kind}_id = t.id and v.version = t.current_version
     where t.key = $1`,
    [key],
  );
  const existing = rows[0];
  const same = existing !== undefined && canonicalJson(existing.definition) === canonicalJson(definition);
  if (same && !existing.deleted) return { id: existing.id, key, version: existing.version, outcome: "unchanged" };

  const now = ctx.clock.now();
  const id = existing?.id ?? uuidv7();
  const version = same ? existing.version : (existing?.version ?? 0) + 1;
  await writeCurrent(client, kind, {
    id,
    key,
    created_at: now,
    name: definition.name,
    description: definition.description ?? "",
    current_version: version,
    updated_at: now,
    ...more,
  });
  if (!same) {
    await client.query(
      `insert into waybill.${kind}_versions (${kind}_id, version, definition, yaml, created_at, created_by)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, version, JSON.stringify(definition), yaml, now, ctx.actor.id],
    );
  }
  return { id, key, version, outcome: !existing ? "created" : existing.deleted ? "restored" : "updated" };
}

/** What stays as it was made. */
const lasting = ["id", "key", "created_at"];

async function writeCurrent(client: PoolClient, kind: NewVersion["kind"], row: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(row);
  const changed = columns
    .filter((column) => !lasting.includes(column))
    .map((column) => `${column} = excluded.${column}`);
  await client.query(
    `insert into waybill.${kind}s (${columns.join(", ")}) values (${columns.map((_, index) => `$${index + 1}`).join(", ")})
     on conflict (key) do update set ${changed.join(", ")}, deleted_at = null`,
    Object.values(row),
  );
}

/** The error of a definition that says what it may not say. */
export function definitionInvalid(faults: DefinitionFault[]): WaybillError {
  const lines = faults.map((fault) => `line ${fault.line}, ${fault.path || "document"}: ${fault.message}`);
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  return new WaybillError("definition_invalid", `The definition has ${count}:\n${lines.join("\n")}`, { faults });
}
