import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { isTooLong } from "../rejected/edited-row.ts";
import type { HeldRecord } from "../rejected/held-record.ts";
import { type RecordRules, rulesOf } from "../rejected/record-rules.ts";
import { type CheckedEdit, checkEdits } from "../rejected/write-edits.ts";
import type { BulkChange } from "./bulk-change.ts";

/** Says what is to stand in some columns of a record that has these columns. */
export type RowChange = (record: HeldRecord, header: readonly string[]) => Record<string, string>;

/** What became of the records of one run: the edits of those that something changed. */
export interface ChangedRows {
  rules: RecordRules;
  edits: CheckedEdit[];
}

/** A change of one column; a record without that column stays as it is. `apply` is the compiled change. */
export function changeOfColumn({ column }: BulkChange, apply: (value: string) => string): RowChange {
  return ({ row }, header) => {
    const position = header.indexOf(column);
    return position < 0 ? {} : { [column]: apply(row[position] ?? "") };
  };
}

/** Changes records of any runs, and checks each by the rules of its run. Nothing is kept yet. */
export async function changeRows(
  services: Services,
  client: Pick<PoolClient, "query">,
  records: readonly HeldRecord[],
  change: RowChange,
): Promise<ChangedRows[]> {
  const changed: ChangedRows[] = [];
  for (const [runId, ofRun] of Map.groupBy(records, (record) => record.runId)) {
    const rules = await rulesOf(services, runId);
    const edits = ofRun.flatMap((record) => {
      const row = changedRow(record, change(record, rules.header), rules.header);
      return row ? { record, row } : [];
    });
    changed.push({ rules, edits: await checkEdits(client, rules, edits) });
  }
  return changed;
}

/** Null where nothing changes; a record that does not fit its header, or would become too long, is left to people. */
function changedRow({ row }: HeldRecord, values: Record<string, string>, header: readonly string[]): string[] | null {
  if (row.length !== header.length) return null;
  const changed = row.map((text, index) => values[header[index] ?? ""] ?? text);
  return changed.every((text, index) => text === row[index]) || isTooLong(changed) ? null : changed;
}

/** How many records have no issue left, and had one. */
export function countHealed(edits: readonly CheckedEdit[]): number {
  return edits.filter(({ record, issues }) => record.issues.length > 0 && issues.length === 0).length;
}
