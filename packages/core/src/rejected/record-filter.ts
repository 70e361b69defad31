import { z } from "zod";
import type { Services } from "../context.ts";
import { findIntegration } from "../integration/read-integration.ts";
import { limits } from "../limits.ts";
import { type IssueCode, issueCodes } from "../record/issue-code.ts";
import { findRunId, getRunInput } from "../run/read-run.ts";
import { recordStates } from "./record-state.ts";

/** Which records are meant; what is left out fits all. An empty `field` is the record as a whole, an empty `assignee` nobody. */
export const recordFilter = z.strictObject({
  run: getRunInput.shape.run.optional(),
  integration: z.string().max(100).optional(),
  state: z.array(z.enum(recordStates)).max(recordStates.length).optional(),
  code: z.enum(Object.keys(issueCodes) as [IssueCode, ...IssueCode[]]).optional(),
  field: z.string().max(100).optional(),
  /** Whether no issue is left. */
  ready: z.boolean().optional(),
  /** Looked for in the values. */
  search: z.string().max(limits.searchCharactersMax).optional(),
  assignee: z.string().max(limits.assigneeCharactersMax).optional(),
  /** When the run was started that turned them away. */
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});
export type RecordFilter = z.output<typeof recordFilter>;

/** SQL for which rejected records `r` of which runs `o` fit, and its parameters, to which more may be added. */
export interface RecordConditions {
  runs: string;
  records: string;
  values: unknown[];
}

/** SQL for the rejected records that fit, to stand after `from`. */
export function fitting({ runs, records }: Pick<RecordConditions, "runs" | "records">): string {
  return `waybill.runs o join waybill.rejected_records r on r.run_id = o.id where ${runs} and ${records}`;
}

/** The same, but only open records of runs that are over, which alone may be changed. */
export function changeable({ runs, records, values }: RecordConditions): RecordConditions {
  return {
    runs: `${runs} and o.open_count > 0 and o.status <> 'in_progress'`,
    records: `${records} and r.state = 'open'`,
    values,
  };
}

/**
 * The conditions of a filter; only those that are asked for, so that an index can answer. Records of test runs fit only
 * where their run is named. Throws `run_unknown` or `integration_unknown`.
 */
export async function conditionsOf(services: Services, filter: RecordFilter): Promise<RecordConditions> {
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const { run, integration, state = [], code, field, ready, search, assignee, since, until } = filter;
  const ofRun = run === undefined ? null : await findRun(services, run);
  const onlyOpen = state.length === 1 && state[0] === "open";
  const runs = [
    ofRun ? `o.id = ${add(ofRun.originId)}` : `not o.test and ${onlyOpen ? "o.open_count" : "o.rejected_count"} > 0`,
    integration !== undefined && `o.integration_id = ${add((await findIntegration(services, integration)).id)}`,
    since !== undefined && `o.created_at >= ${add(since)}::timestamptz`,
    until !== undefined && `o.created_at < ${add(until)}::timestamptz`,
  ];
  const records = [
    ofRun?.resubmission && `r.id in (${turnedAwayBy(add(ofRun.id))})`,
    state.length > 0 && `r.state in ('${state.join("', '")}')`,
    (code !== undefined || field !== undefined) && `r.issues @> ${add(issuePattern(filter))}::jsonb`,
    ready !== undefined && `r.issues ${ready ? "=" : "<>"} '[]'`,
    search && holds(add(likePattern(search))),
    assignee !== undefined && `coalesce(r.assignee, '') = ${add(assignee)}`,
  ];
  return { runs: allOf(runs), records: allOf(records), values };
}

function allOf(conditions: (string | false | null | undefined)[]): string {
  return conditions.filter(Boolean).join(" and ") || "true";
}

/** A resubmission keeps no rejected records of its own: those that it turned away are open again where they were. */
async function findRun(
  { database }: Services,
  run: string,
): Promise<{ id: string; resubmission: boolean; originId: string }> {
  const id = await findRunId({ database }, run);
  const { rows } = await database.pool.query<{ from: string | null }>(
    `select case when trigger = 'resubmit' then from_run_id end as from from waybill.runs where id = $1`,
    [id],
  );
  const from = rows[0]?.from ?? null;
  return { id, resubmission: from !== null, originId: from ?? id };
}

function turnedAwayBy(runId: string): string {
  return `select record_id from waybill.resubmitted_records where run_id = ${runId} and issues is not null`;
}

/** An issue of this code, in this field, or both, as JSON that `@>` takes. */
export function issuePattern({ code, field }: { code?: string; field?: string }): string {
  const pattern = { ...(code !== undefined && { code }), ...(field !== undefined && { field: field || null }) };
  return JSON.stringify([pattern]);
}

function holds(pattern: string): string {
  return `exists (select from jsonb_array_elements_text(coalesce(r.corrected, r.values)) as held (value)
    where held.value ilike ${pattern})`;
}

function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
