import type { Services } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { resolveParameters } from "../definition/resolve-parameters.ts";
import { checkReferencedDatasets } from "../destination/check-references.ts";
import { limits } from "../limits.ts";
import { startReader } from "../reader/source-reader.ts";
import { compileRecord, type Lookups } from "../record/compile-record.ts";
import { matchHeader } from "../record/match-header.ts";
import { compileRecheck, type Recheck } from "../record/recheck.ts";
import { limitsOf } from "../run/run-files.ts";
import { maskSecrets, openSecrets } from "../run/run-secrets.ts";
import { findFile, findFiles } from "../stored-file/read-file.ts";

/** The rules by which the records of one run are checked again. */
export interface RecordRules {
  runId: string;
  /** The integration's current version, or the run's own where the current one does not fit the run's columns. */
  version: number;
  /** The current version where it does not fit; else null. */
  misfit: number | null;
  definition: Definition;
  header: string[];
  /** What stands between the columns of the run's source. */
  delimiter: string;
  /** Secrets are masked. */
  parameters: Record<string, unknown>;
  lookups: Lookups;
  recheck: Recheck;
  /** For each field of the definition where its column stands, -1 where it has none. */
  positions: readonly number[];
}

/** The rules that were compiled last, by the ids of their runs, the oldest first. */
export type RecordRulesKept = Map<string, Promise<RecordRules>>;

/** The rules for the records of a run. Throws `dataset_unknown`, or what opening its attachments throws. */
export async function rulesOf(services: Services, runId: string): Promise<RecordRules> {
  const run = await readRun(services, runId);
  const { version, definition, misfit } = chooseVersion(run);
  const { recordRules: kept } = services;
  const known = await kept.get(runId)?.catch(() => null);
  if (known?.version === version && known.misfit === misfit) return known;
  const compiling = compileRules(services, runId, run, { version, definition, misfit });
  kept.delete(runId);
  kept.set(runId, compiling);
  const [oldest] = kept.keys();
  if (kept.size > limits.recordRulesKept && oldest) kept.delete(oldest);
  return await compiling;
}

/** The rules for records of any runs, by the ids of these runs. Throws as `rulesOf` does. */
export async function rulesOfRecords(services: Services, ids: readonly string[]): Promise<Map<string, RecordRules>> {
  const { rows } = await services.database.pool.query<{ runId: string }>(
    `select distinct run_id as "runId" from waybill.rejected_records where id = any($1::uuid[])`,
    [ids],
  );
  const found = rows.map(async ({ runId }) => [runId, await rulesOf(services, runId)] as const);
  return new Map(await Promise.all(found));
}

interface RunRow {
  header: string[];
  parameters: Record<string, unknown>;
  secrets: Record<string, string>;
  sourceFileId: string;
  attachments: Record<string, string>;
  version: number;
  definition: Definition;
  currentVersion: number;
  currentDefinition: Definition;
}

async function readRun({ database }: Services, runId: string): Promise<RunRow> {
  const { rows } = await database.pool.query<RunRow>(
    `select coalesce(r.source_columns, '[]') as header, r.parameters, r.secrets, r.source_file_id as "sourceFileId",
       (select coalesce(json_object_agg(a.key, a.file_id), '{}') from waybill.run_attachments a where a.run_id = r.id)
         as attachments,
       v.version, v.definition, c.version as "currentVersion", c.definition as "currentDefinition"
     from waybill.runs r join waybill.integrations i on i.id = r.integration_id
     join waybill.integration_versions v on v.integration_id = r.integration_id and v.version = r.version
     join waybill.integration_versions c on c.integration_id = r.integration_id and c.version = i.current_version
     where r.id = $1`,
    [runId],
  );
  if (!rows[0]) throw new Error(`There is no run ${runId}.`);
  return rows[0];
}

type ChosenVersion = Pick<RecordRules, "version" | "definition" | "misfit">;

function chooseVersion(run: RunRow): ChosenVersion {
  const current = { version: run.currentVersion, definition: run.currentDefinition, misfit: null };
  return matchHeader(current.definition, run.header).ok
    ? current
    : { version: run.version, definition: run.definition, misfit: run.currentVersion };
}

async function compileRules(
  services: Services,
  runId: string,
  { header, parameters, secrets, sourceFileId, attachments, definition: ofRun }: RunRow,
  { version, definition, misfit }: ChosenVersion,
): Promise<RecordRules> {
  await checkReferencedDatasets(services.database.pool, definition);
  const lookups = await readLookups(services, definition, sourceFileId, attachments);
  const open = openSecrets(services.masterKey, parameters, secrets);
  const known = new Set(definition.parameters.map((parameter) => parameter.key));
  const given = Object.fromEntries(Object.entries(open).filter(([key, value]) => value !== null && known.has(key)));
  const timeZone = definition.timeZone ?? services.timeZone;
  const resolved = resolveParameters(definition, given, { now: services.clock.now(), timeZone });
  // Where they do not fit the definition any more, resubmitting says so.
  const values = resolved.ok ? resolved.values : open;
  const check = compileRecord(definition, { header, parameters: values, attachments: lookups });
  const recheck = compileRecheck(definition, header, check);
  const matched = matchHeader(definition, header);
  const positions = matched.ok ? matched.positions : [];
  return {
    runId,
    version,
    misfit,
    definition,
    header,
    delimiter: ofRun.source.delimiter,
    parameters: maskSecrets(definition, values),
    lookups,
    recheck,
    positions,
  };
}

async function readLookups(
  services: Services,
  definition: Definition,
  sourceFileId: string,
  attachments: Record<string, string>,
): Promise<Lookups> {
  const needed = new Set(
    definition.fields.flatMap(({ references }) =>
      references && "attachment" in references ? references.attachment : [],
    ),
  );
  const given = Object.entries(attachments).filter(([key]) => needed.has(key));
  if (given.length === 0) return new Map();
  const request = {
    definition,
    parameters: {},
    source: await findFile(services, sourceFileId),
    attachments: await findFiles(services, Object.fromEntries(given)),
    sourceLimits: limitsOf(definition, services.fileLimits),
    attachmentLimits: services.fileLimits,
    now: services.clock.now(),
  };
  const reader = await startReader(services, request, new AbortController().signal);
  try {
    return await reader.lookups();
  } finally {
    await reader.close();
  }
}
