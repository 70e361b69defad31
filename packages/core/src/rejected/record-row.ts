import type { RecordIssue } from "../record/issue-code.ts";
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
  issues: RecordIssue[];
  /** The resubmission that has it, or that resolved it. */
  resubmittedIn: RunLink | null;
}

const link = (run: string) => `json_build_object('id', ${run}.id, 'name', ${run}.name, 'status', ${run}.status)`;

/** What `recordColumns` are of: `r` is the record, `o` its run, `i` its integration. */
export const recordTables = `waybill.rejected_records r
  join waybill.runs o on o.id = r.run_id join waybill.integrations i on i.id = o.integration_id`;

/** The columns that make a `RecordListItem`. */
export const recordColumns = `r.id, i.key as integration, ${link("o")} as run,
  r.record_number::float8 as "recordNumber", r.line::float8 as line, r.state, r.assignee, r.revision,
  coalesce(r.corrected, r.values) as values, case when r.corrected is not null then r.values end as original, r.issues,
  (select ${link("b")} from waybill.runs b where b.id = r.resubmit_run_id) as "resubmittedIn"`;
