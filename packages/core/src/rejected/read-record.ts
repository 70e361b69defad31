import type { BulkEditKind } from "@waybill/db/words";
import { z } from "zod";
import { nameOfActor } from "../access/sign-in.ts";
import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import type { RecordIssue } from "../record/issue-code.ts";
import { matchHeader } from "../record/match-header.ts";
import type { RunLink } from "../run/run-summary.ts";
import { recordUnknown } from "./record-errors.ts";
import { type RecordListItem, readRecordRows } from "./record-row.ts";
import type { RecordAction } from "./record-state.ts";

/** What somebody did to a record. `at` is ISO 8601 in UTC. */
export interface RecordChange {
  kind: "change";
  at: string;
  by: string;
  action: RecordAction;
  /** Which column was edited; null for what was done to the whole record. Of one that did not fit its columns `from` and
   * `to` are all of its values, as JSON. */
  column: string | null;
  from: string | null;
  to: string | null;
  reason: string | null;
  /** The bulk edit, or the undoing of one, that it was a part of. */
  bulkEdit: { id: string; kind: BulkEditKind } | null;
}

/** What a resubmission made of a record. */
export interface RecordResubmission {
  kind: "resubmission";
  at: string;
  by: string;
  run: RunLink;
  recordNumber: number;
  outcome: "waiting" | "accepted" | "skipped" | "rejected" | "not_loaded";
  issues: RecordIssue[];
}

/** A record, the file that it came in, and all that has happened to it since, the oldest first. */
export interface RecordDetails extends RecordListItem {
  columns: string[];
  /** The column that each field is read from, by the version that the run had; null where it is read from none. */
  columnOfField: Record<string, string | null>;
  sourceFile: { id: string; name: string } | null;
  history: (RecordChange | RecordResubmission)[];
}

export const getRecordInput = z.strictObject({ record: z.uuid() });

/** A rejected record with its history. Throws `record_unknown`. */
export async function getRecord(ctx: Context, input: z.output<typeof getRecordInput>): Promise<RecordDetails> {
  const [record] = await readRecordRows(ctx.database.pool, [input.record]);
  const source = record && (await readSource(ctx, record.run.id));
  if (!source) throw recordUnknown(input.record);
  return { ...record, ...source, history: await historyOf(ctx, input.record) };
}

type RecordSource = Pick<RecordDetails, "columns" | "columnOfField" | "sourceFile">;

async function readSource({ database }: Context, runId: string): Promise<RecordSource | undefined> {
  const { rows } = await database.pool.query<Omit<RecordSource, "columnOfField"> & { definition: Definition }>(
    `select coalesce(o.source_columns, '[]') as columns, v.definition,
       (select json_build_object('id', f.id, 'name', f.name) from waybill.stored_files f where f.id = o.source_file_id)
         as "sourceFile"
     from waybill.runs o
     join waybill.integration_versions v on v.integration_id = o.integration_id and v.version = o.version
     where o.id = $1`,
    [runId],
  );
  return rows[0] && { ...rows[0], columnOfField: columnsOfFields(rows[0]) };
}

function columnsOfFields({ definition, columns }: { definition: Definition; columns: string[] }) {
  const matched = matchHeader(definition, columns);
  const positions = matched.ok ? matched.positions : [];
  return Object.fromEntries(
    definition.fields.map(({ name }, index) => [name, columns[positions[index] ?? -1] ?? null] as const),
  );
}

async function historyOf(ctx: Context, id: string): Promise<RecordDetails["history"]> {
  const changes = await ctx.database.pool.query<Omit<RecordChange, "at"> & { at: Date }>(
    `select 'change' as kind, at, by, action, column_name as column, "from", "to", reason,
       (select json_build_object('id', e.id, 'kind', e.kind) from waybill.bulk_edits e where e.id = bulk_edit_id) as "bulkEdit"
     from waybill.record_changes where record_id = $1 order by id`,
    [id],
  );
  const resubmissions = await ctx.database.pool.query<Omit<RecordResubmission, "at"> & { at: Date }>(
    `select 'resubmission' as kind, b.created_at as at, b.started_by as by, s.record_number::float8 as "recordNumber",
       json_build_object('id', b.id, 'name', b.name, 'status', b.status) as run, coalesce(s.issues, '[]') as issues,
       case when s.issues is not null then 'rejected' when s.skipped and b.kept then 'skipped' when b.kept and s.record_number <= b.read_count then 'accepted'
         when b.status = 'in_progress' then 'waiting' else 'not_loaded' end as outcome
     from waybill.resubmitted_records s join waybill.runs b on b.id = s.run_id where s.record_id = $1 order by b.created_at`,
    [id],
  );
  return [...changes.rows, ...resubmissions.rows]
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .map((entry) => ({ ...entry, at: entry.at.toISOString(), by: nameOfActor(entry.by) }));
}
