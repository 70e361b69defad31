import { z } from "zod";
import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
import { findRunId, getRunInput } from "../run/read-run.ts";
import { recordStates } from "./record-state.ts";

/** Which records are meant; what is left out fits all. An empty `field` is the record as a whole, an empty `assignee` nobody. */
export const recordFilter = z.strictObject({
  run: getRunInput.shape.run.optional(),
  integration: z.string().max(100).optional(),
  state: z.array(z.enum(recordStates)).max(recordStates.length).optional(),
  code: z.string().max(100).optional(),
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

/** SQL for which records of `recordTables` fit, and its parameters, to which more may be added. */
export interface RecordConditions {
  sql: string;
  values: unknown[];
}

/** The conditions of a filter; only those that are asked for, so that an index can answer. Throws `run_unknown`. */
export async function conditionsOf(services: Services, filter: RecordFilter): Promise<RecordConditions> {
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const conditions = [
    filter.run !== undefined && (await ofRun(services, filter.run, add)),
    filter.integration !== undefined &&
      `r.integration_id = (select id from waybill.integrations where key = ${add(filter.integration)})`,
    filter.state?.length && ofStates(filter.state),
    (filter.code !== undefined || filter.field !== undefined) && `r.issues @> ${add(issuePattern(filter))}::jsonb`,
    filter.ready !== undefined && `r.issues ${filter.ready ? "=" : "<>"} '[]'`,
    filter.search && holds(add(likePattern(filter.search))),
    filter.assignee !== undefined && `coalesce(r.assignee, '') = ${add(filter.assignee)}`,
    filter.since !== undefined && `o.created_at >= ${add(filter.since)}::timestamptz`,
    filter.until !== undefined && `o.created_at < ${add(filter.until)}::timestamptz`,
  ];
  return { sql: conditions.filter(Boolean).join(" and ") || "true", values };
}

/** A resubmission keeps no rejected records of its own: those that it turned away are open again where they were. */
async function ofRun(services: Services, run: string, add: (value: unknown) => string): Promise<string> {
  const id = await findRunId(services, run);
  const { rows } = await services.database.pool.query<{ resubmit: boolean }>(
    "select trigger = 'resubmit' as resubmit from waybill.runs where id = $1",
    [id],
  );
  if (!rows[0]?.resubmit) return `r.run_id = ${add(id)}`;
  return `r.id in (select record_id from waybill.resubmitted_records where run_id = ${add(id)} and issues is not null)`;
}

/** The states stand in the text, since the indexes of open records are for those alone. */
function ofStates(states: readonly (typeof recordStates)[number][]): string {
  return states.length === 1 ? `r.state = '${states[0]}'` : `r.state in ('${states.join("', '")}')`;
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
