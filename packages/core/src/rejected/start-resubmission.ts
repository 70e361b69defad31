import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { WaybillError } from "../errors.ts";
import type { Integration } from "../integration/integration.ts";
import { findIntegration, integrationDeleted } from "../integration/read-integration.ts";
import { limits } from "../limits.ts";
import { matchHeader } from "../record/match-header.ts";
import { givenParameters } from "../run/given-parameters.ts";
import { insertRun } from "../run/insert-run.ts";
import { getRun } from "../run/read-run.ts";
import { resolveGiven } from "../run/resolve-given.ts";
import { checkRunFiles } from "../run/run-files.ts";
import { chooseRunName } from "../run/run-name.ts";
import type { RunNote } from "../run/run-summary.ts";
import { keepGenerated } from "../stored-file/keep-generated.ts";
import { findFiles } from "../stored-file/read-file.ts";
import type { StoredFile } from "../stored-file/stored-file.ts";
import { fitting, type RecordConditions } from "./record-filter.ts";
import { checkOriginStands, warnOfLaterRun, warnOfUnique } from "./resubmission-origin.ts";
import { writeResubmissionSource } from "./resubmission-source.ts";
import { sourceColumns } from "./source-columns.ts";

/** The run that rejected records come from, and what they are to be sent with. */
export interface PreparedResubmission {
  fromRun: { id: string; name: string };
  integration: Integration;
  parameters: Record<string, unknown>;
  attachments: Record<string, StoredFile>;
  columns: string[];
  warnings: RunNote[];
}

/**
 * What the records of a run are to be sent with. Throws `integration_deleted`, `record_of_test_run`, `origin_not_kept`,
 * `definition_misfit`, or the parameters' fault.
 */
export async function prepareResubmission(
  ctx: Context,
  runId: string,
  version: "current" | "original",
): Promise<PreparedResubmission> {
  const run = await getRun(ctx, { run: runId });
  const current = await findIntegration(ctx, run.integration);
  if (current.deleted) throw integrationDeleted(current);
  if (run.test) throw wasTest(run.name);
  await checkOriginStands(ctx, run);
  const columns = await sourceColumns(ctx, runId);
  const original = version === "original" && current.version !== run.version;
  const integration = original ? await findIntegration(ctx, run.integration, run.version) : current;
  checkFits(integration, columns, run.name);
  const { definition } = integration;
  const attached = run.files.filter(({ key }) => definition.attachments.some((attachment) => attachment.key === key));
  return {
    fromRun: { id: run.id, name: run.name },
    integration,
    parameters: resolveGiven(ctx, integration, await knownParameters(ctx, runId, definition)),
    attachments: await findFiles(ctx, Object.fromEntries(attached.map((file) => [file.key ?? "", file.id]))),
    columns,
    warnings: [
      ...(original ? [sayOriginal(run.version, current.version)] : []),
      ...(await warnOfLaterRun(ctx, run)),
      ...warnOfUnique(definition),
    ],
  };
}

/**
 * Makes a run of the records of one run that fit, at most `limits.resubmittedRecordsMax` of them, in the caller's
 * transaction, and keeps every other resubmission from them. Null when none fits any more.
 */
export async function startResubmission(
  ctx: Context,
  client: PoolClient,
  prepared: PreparedResubmission,
  conditions: RecordConditions,
): Promise<{ id: string; records: number } | null> {
  const { fromRun, integration, parameters, attachments, columns, warnings } = prepared;
  const id = uuidv7();
  const records = await takeRecords(client, fromRun.id, id, conditions);
  if (records === 0) return null;
  const { delimiter } = integration.definition.source;
  const source = { fromRunId: fromRun.id, resubmitRunId: id, columns, delimiter };
  const file = await keepGenerated(ctx, client, "resubmission.csv", writeResubmissionSource(client, source));
  const files = await checkRunFiles(integration.definition, {
    source: file,
    attachments,
    fileLimits: ctx.fileLimits,
    resubmission: true,
  });
  const base = `${integration.name} resubmission`;
  await insertRun(ctx, client, {
    id,
    name: await chooseRunName(client, undefined, base, ctx.clock.now(), ctx.timeZone),
    integration,
    parameters,
    files,
    warnings,
    test: false,
    idempotencyKey: null,
    requestSha256: null,
    origin: { trigger: "resubmit", fromRunId: fromRun.id },
    said: `${ctx.actor.name} resubmitted ${records === 1 ? "1 record" : `${records} records`} of ${JSON.stringify(fromRun.name)}.`,
  });
  await client.query(
    `insert into waybill.resubmitted_records (run_id, record_number, record_id)
     select $2, row_number() over (order by record_number), id from waybill.rejected_records
     where run_id = $1 and resubmit_run_id = $2 and state = 'resubmitting'`,
    [fromRun.id, id],
  );
  return { id, records };
}

async function takeRecords(
  client: PoolClient,
  fromRunId: string,
  id: string,
  conditions: RecordConditions,
): Promise<number> {
  const { values } = conditions;
  const [fromRun, run, most] = [values.length + 1, values.length + 2, values.length + 3];
  const { rows } = await client.query<{ count: number }>({
    text: `with fitting as (
        select r.id from ${fitting(conditions)} and r.run_id = $${fromRun}
        order by r.record_number limit $${most} for update of r
      ), taken as (
        update waybill.rejected_records r set state = 'resubmitting', resubmit_run_id = $${run}, revision = revision + 1
        from fitting where r.id = fitting.id returning r.id
      ), counted as (
        update waybill.runs set open_count = open_count - (select count(*) from taken) where id = $${fromRun}
      )
      select count(*)::float8 as count from taken`,
    values: [...values, fromRunId, id, limits.resubmittedRecordsMax],
  });
  return rows[0]?.count ?? 0;
}

function wasTest(name: string): WaybillError {
  const message = `${JSON.stringify(name)} was a test run, so none of its records is to be loaded. Run its file for real, then resubmit what that rejects.`;
  return new WaybillError("record_of_test_run", message);
}

async function knownParameters(ctx: Context, runId: string, definition: Definition): Promise<Record<string, unknown>> {
  const known = new Set(definition.parameters.map((parameter) => parameter.key));
  const given = Object.entries(await givenParameters(ctx, runId, definition));
  return Object.fromEntries(given.filter(([key]) => known.has(key)));
}

function checkFits({ definition, version }: Integration, columns: string[], runName: string): void {
  const matched = matchHeader(definition, columns);
  if (matched.ok) return;
  const message = `The records of ${JSON.stringify(runName)} do not fit version ${version} of ${definition.name}: ${matched.message} Resubmit them by the definition that they came with, or change the definition.`;
  throw new WaybillError("definition_misfit", message, { version });
}

function sayOriginal(version: number, current: number): RunNote {
  const message = `Runs by version ${version} of the definition, that of the run the records came from; the current one is version ${current}.`;
  return { code: "original_definition", message };
}
