import type { PoolClient } from "pg";
import { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { getRun } from "../run/read-run.ts";
import type { RunSummary } from "../run/run-summary.ts";
import { changeTransaction } from "./change-transaction.ts";
import { holdNamed } from "./held-record.ts";
import { noRecords, notOpen } from "./record-errors.ts";
import { changeable, fitting, type RecordConditions } from "./record-filter.ts";
import { conditionsOfSelection, selection } from "./selection.ts";
import { prepareResubmission, startResubmission } from "./start-resubmission.ts";

export const resubmitRecordsInput = z.strictObject({
  of: selection,
  /** Whether records that still have issues are sent too. */
  withIssues: z.boolean().default(false),
  /** By which version of the definition: the integration's current one, or that of the run they came from. */
  definition: z.enum(["current", "original"]).default("current"),
});
export type ResubmitRecordsInput = z.output<typeof resubmitRecordsInput>;

/** The runs that were made, one for each run that the records came from, and what was not sent. */
export interface Resubmission {
  runs: RunSummary[];
  sent: number;
  /** Open records of the filter that stay, since they still have issues. */
  withIssues: number;
}

/**
 * Sends rejected records again, those and no others, with the parameters and attachments that they came with: all that
 * fit, or none. Of a filter those that are open; of records named one by one each must be. Throws `record_unknown`,
 * `record_not_open`, `record_has_issues`, `records_none`, `definition_misfit`, or what starting a run throws.
 */
export async function resubmitRecords(ctx: Context, input: ResubmitRecordsInput): Promise<Resubmission> {
  const conditions = changeable(await conditionsOfSelection(ctx, input.of));
  const origins = await countByRun(ctx, conditions);
  if ("filter" in input.of) checkSomeFit(origins, input.withIssues);
  const sending = origins.filter(({ open, withIssues }) => input.withIssues || open > withIssues);
  if (sending.length > limits.resubmissionsMax) throw tooManyRuns();
  const prepared = await Promise.all(
    sending.map(async ({ runId }) => await prepareResubmission(ctx, runId, input.definition)),
  );
  const started = await changeTransaction(ctx.database, async (client) => {
    if ("records" in input.of) await holdSound(client, input.of.records, input.withIssues);
    const sound = input.withIssues ? conditions : onlySound(conditions);
    const runs: { id: string; records: number }[] = [];
    for (const origin of prepared) {
      for (;;) {
        const run = await startResubmission(ctx, client, origin, sound);
        if (!run) break;
        if (runs.push(run) > limits.resubmissionsMax) throw tooManyRuns();
      }
    }
    if (runs.length === 0) throw noRecords("open");
    return runs;
  });
  return {
    runs: await Promise.all(started.map(async ({ id }) => await getRun(ctx, { run: id }))),
    sent: started.reduce((sum, run) => sum + run.records, 0),
    withIssues: input.withIssues ? 0 : origins.reduce((sum, origin) => sum + origin.withIssues, 0),
  };
}

interface Origin {
  runId: string;
  open: number;
  withIssues: number;
}

function onlySound(conditions: RecordConditions): RecordConditions {
  return { ...conditions, records: `${conditions.records} and r.issues = '[]'` };
}

async function countByRun(ctx: Context, conditions: RecordConditions): Promise<Origin[]> {
  const { rows } = await ctx.database.pool.query<Origin>({
    text: `select r.run_id as "runId", count(*)::float8 as open, count(*) filter (where r.issues <> '[]')::float8 as "withIssues"
       from ${fitting(conditions)} group by r.run_id order by r.run_id`,
    values: conditions.values,
  });
  return rows;
}

function checkSomeFit(origins: Origin[], withIssues: boolean): void {
  if (origins.length === 0) throw noRecords("open");
  if (withIssues || origins.some((origin) => origin.open > origin.withIssues)) return;
  const count = origins.reduce((sum, origin) => sum + origin.open, 0);
  throw hasIssues(
    count === 1 ? "The record still has an issue." : `All of the ${count} open records still have issues.`,
  );
}

/** Holds records that were named one by one, each of which must be open, and sound where that is asked. */
async function holdSound(client: PoolClient, ids: readonly string[], withIssues: boolean): Promise<void> {
  for (const { id, state, sound } of await holdNamed<{ sound: boolean }>(client, ids, "r.issues = '[]' as sound")) {
    if (state !== "open") throw notOpen(id, state);
    if (!sound && !withIssues) throw hasIssues(`The record ${id} still has issues.`, id);
  }
}

function hasIssues(what: string, record?: string): WaybillError {
  const message = `${what} Correct what is wrong, or say that records with issues are to be sent too.`;
  return new WaybillError("record_has_issues", message, record === undefined ? {} : { record });
}

function tooManyRuns(): WaybillError {
  const message = `The records come from so many runs that more than ${limits.resubmissionsMax} would be made at once. Resubmit those of some integrations or runs first.`;
  return new WaybillError("input_invalid", message);
}
