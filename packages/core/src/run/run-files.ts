import { DatabaseError, type PoolClient } from "pg";
import type { Definition } from "../definition/definition.ts";
import { WaybillError } from "../errors.ts";
import { checkDeclaredSize } from "../file/check-name.ts";
import { ceilingFileLimits, type FileLimits } from "../limits.ts";
import type { StoredFile } from "../stored-file/stored-file.ts";

/** The files that a run pins. */
export interface RunFiles {
  source: StoredFile;
  attachments: Record<string, StoredFile>;
}

/**
 * Checks that the files are those which the definition asks for and are not too large.
 * Throws `source_file_missing`, `attachment_missing`, `attachment_unknown` or `file_too_large`.
 */
export async function checkRunFiles(
  definition: Definition,
  given: {
    source: StoredFile | null;
    attachments: Record<string, StoredFile>;
    fileLimits: FileLimits;
    /** Whether Waybill wrote the source itself, of records that were opened by these rules before. */
    resubmission?: boolean;
  },
): Promise<RunFiles> {
  if (!given.source) {
    const message = `${definition.name} reads a source file such as ${JSON.stringify(definition.source.fileName)}. Give it one.`;
    throw new WaybillError("source_file_missing", message);
  }
  const { sourceLimits } = sourceRulesOf(definition, given.fileLimits, given.resubmission ?? false);
  checkDeclaredSize(given.source.name, given.source.bytes, sourceLimits);
  for (const attachment of definition.attachments) {
    if (attachment.required && !given.attachments[attachment.key]) {
      const message = `The attachment ${JSON.stringify(attachment.key)} (${attachment.label}) is required. Give it a file.`;
      throw new WaybillError("attachment_missing", message, { key: attachment.key });
    }
  }
  const known = definition.attachments.map((attachment) => attachment.key);
  for (const [key, file] of Object.entries(given.attachments)) {
    if (!known.includes(key)) throw unknownAttachment(key, known);
    checkDeclaredSize(file.name, file.bytes, given.fileLimits);
  }
  return { source: given.source, attachments: given.attachments };
}

/** The id of the file for which the database refused a run, since it was purged meanwhile; null for any other error. */
export function findGoneFile(error: unknown): string | null {
  if (!(error instanceof DatabaseError) || !fileConstraints.includes(error.constraint ?? "")) return null;
  return /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(error.detail ?? "")?.[0] ?? null;
}

const fileConstraints = [
  "runs_source_file_id_stored_files_id_fk",
  "run_attachments_file_id_stored_files_id_fk",
  "set_run_files_file_id_stored_files_id_fk",
  "set_files_file_id_stored_files_id_fk",
  "schedule_files_file_id_stored_files_id_fk",
];

/**
 * By which rules the source of a run is opened: those of the definition. That of a resubmission is of records that came in
 * by them before, and stands unencrypted and as long as it must be.
 */
export function sourceRulesOf(
  definition: Definition,
  fileLimits: FileLimits,
  resubmission: boolean,
): { definition: Definition; sourceLimits: FileLimits } {
  if (!resubmission) return { definition, sourceLimits: limitsOf(definition, fileLimits) };
  const source = { ...definition.source, encryption: "allowed", signature: "ignored" } as const;
  const { expandedBytesMax } = ceilingFileLimits;
  const sourceLimits = { sourceBytesMax: expandedBytesMax, zipBytesMax: expandedBytesMax, expandedBytesMax };
  return { definition: { ...definition, source }, sourceLimits };
}

/** The server's limits, with those that the definition sets in their place. */
export function limitsOf(definition: Definition, fileLimits: FileLimits): FileLimits {
  const own = Object.entries(definition.source.limits ?? {}).filter(([, value]) => value !== undefined);
  return { ...fileLimits, ...Object.fromEntries(own) };
}

/**
 * The first run of the integration that loaded these bytes or is loading them, the file that came first before others
 * of the same bytes; null when there is none. Test runs do not count, nor do those that left nothing in the destination.
 * Runs of the same bytes that start together see each other: the caller's transaction has its turn.
 */
export async function findSameBytes(
  client: PoolClient,
  integrationId: string,
  sha256: string,
): Promise<{ id: string; name: string } | null> {
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`bytes:${integrationId}:${sha256}`]);
  const { rows } = await client.query<{ id: string; name: string }>(
    `select r.id, r.name from waybill.runs r join waybill.stored_files f on f.id = r.source_file_id
     where r.integration_id = $1 and f.sha256 = $2 and not r.test
       and (r.status = 'in_progress' or r.kept and r.inserted_count + r.updated_count + r.unchanged_count > 0)
     order by f.created_at, f.id, r.created_at, r.id limit 1`,
    [integrationId, sha256],
  );
  return rows[0] ?? null;
}

function unknownAttachment(key: string, known: string[]): WaybillError {
  const has = known.length > 0 ? `It has: ${known.join(", ")}.` : "It has none.";
  const message = `The integration has no attachment ${JSON.stringify(key)}. ${has}`;
  return new WaybillError("attachment_unknown", message, { key });
}
