import type { PoolClient } from "pg";
import type { RecordIssue } from "../record/issue-code.ts";
import { recordUnknown, runNotOver } from "./record-errors.ts";
import type { RecordState } from "./record-state.ts";

/** A record that is to be changed: its row as it stands and as it came, in the order of the run's columns. */
export interface HeldRecord {
  id: string;
  runId: string;
  recordNumber: number;
  /** Where it starts in its first source. */
  line: number;
  row: string[];
  original: string[];
  issues: RecordIssue[];
  /** What was wrong with it as it came. */
  firstIssues: RecordIssue[];
}

/** The columns that make a `HeldRecord`, of a record `r`. */
export const heldColumns = `r.id, r.run_id as "runId", r.record_number::float8 as "recordNumber", r.line::float8 as line,
  coalesce(r.corrected, r.values) as row, r.values as original, r.issues,
  coalesce(r.first_issues, r.issues) as "firstIssues"`;

/** How a record stands that is held for a change. */
export interface HeldState {
  id: string;
  state: RecordState;
  revision: number;
  /** Whether the run is over that turned it away. */
  over: boolean;
}

/** Holds records, in the order in which everybody does, with what else of them is asked for; those that are there, by their ids. */
export async function holdRecords<Row extends object = object>(
  client: PoolClient,
  ids: readonly string[],
  columns = "r.id",
): Promise<Map<string, HeldState & Row>> {
  const { rows } = await client.query<HeldState & Row>(
    `select ${columns}, r.id, r.state, r.revision, o.status <> 'in_progress' as over
     from waybill.rejected_records r join waybill.runs o on o.id = r.run_id
     where r.id = any($1::uuid[]) order by r.id for update of r`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** As `holdRecords`, of records each of which must be there, in the order named. Throws `record_unknown` or `run_not_final`. */
export async function holdNamed<Row extends object = object>(
  client: PoolClient,
  ids: readonly string[],
  columns?: string,
): Promise<(HeldState & Row)[]> {
  const held = await holdRecords<Row>(client, ids, columns);
  return ids.map((id) => {
    const record = held.get(id);
    if (!record) throw recordUnknown(id);
    if (!record.over) throw runNotOver(id);
    return record;
  });
}
