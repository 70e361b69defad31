import type { Pool } from "pg";
import type { RecordIssue } from "../record/issue-code.ts";
import { type LaidRow, layRow, type RowLayout } from "../record/laid-row.ts";
import type { RunLink } from "../run/run-summary.ts";
import type { RecordState } from "./record-state.ts";

/** A rejected record as it stands now. */
export interface RecordListItem {
  id: string;
  integration: string;
  /** The run that turned it away first. */
  run: RunLink;
  recordNumber: number;
  line: number;
  state: RecordState;
  /** Who is to look after it; null where it is left open to all. */
  assignee: string | null;
  /** Counts up with each change; whoever edits the record names the one that they have seen. */
  revision: number;
  /** In the order of the source's columns, as people left them. */
  values: string[];
  /** As they stood in the source, where somebody has edited them; else null. */
  original: string[] | null;
  /** Of a row that does not fit the columns, how it is laid out under them once it is edited; else null. */
  laidOut: LaidRow | null;
  issues: RecordIssue[];
  /** The resubmission that has it, or that resolved it. */
  resubmittedIn: RunLink | null;
}

const link = (run: string) => `json_build_object('id', ${run}.id, 'name', ${run}.name, 'status', ${run}.status)`;

const recordColumns = `r.id, i.key as integration, ${link("o")} as run,
  r.record_number::float8 as "recordNumber", r.line::float8 as line, r.state, r.assignee, r.revision,
  coalesce(r.corrected, r.values) as values, case when r.corrected is not null then r.values end as original, r.issues,
  case when jsonb_array_length(coalesce(r.corrected, r.values)) <> jsonb_array_length(o.source_columns) then
    (select json_build_object('columns', jsonb_array_length(o.source_columns),
       'delimiter', v.definition -> 'source' ->> 'delimiter') from waybill.integration_versions v
     where v.integration_id = o.integration_id and v.version = o.version) end as layout,
  (select ${link("b")} from waybill.runs b where b.id = r.resubmit_run_id) as "resubmittedIn"`;

type RecordRow = Omit<RecordListItem, "laidOut"> & { layout: RowLayout | null };

/** The records of these ids that are kept, in the order of the ids. */
export async function readRecordRows(client: Pick<Pool, "query">, ids: readonly string[]): Promise<RecordListItem[]> {
  const { rows } = await client.query<RecordRow>(
    `select ${recordColumns} from waybill.rejected_records r
     join waybill.runs o on o.id = r.run_id join waybill.integrations i on i.id = o.integration_id
     where r.id = any($1::uuid[])`,
    [ids],
  );
  const found = new Map(rows.map((row) => [row.id, toListItem(row)]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

function toListItem({ layout, ...record }: RecordRow): RecordListItem {
  return { ...record, laidOut: layout && layRow(record.values, record.issues, layout) };
}
