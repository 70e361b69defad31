import type { PoolClient } from "pg";
import type { Context } from "../context.ts";
import { findMissingReferences } from "../destination/check-references.ts";
import type { RecordIssue } from "../record/issue-code.ts";
import type { CheckedRow, Rechecked } from "../record/recheck.ts";
import type { HeldRecord } from "./held-record.ts";
import type { RecordRules } from "./record-rules.ts";
import { storable, storableText } from "./storable.ts";

/** A held record, and the row that it is to have. */
export interface RecordEdit {
  record: HeldRecord;
  row: string[];
}

/** A held record as it was edited: its issues by the rules, references included. */
export interface CheckedEdit extends RecordEdit {
  issues: RecordIssue[];
}

/** Checks edits of records of one run by its rules, and its references by what the datasets hold now. */
export async function checkEdits(
  client: Pick<PoolClient, "query">,
  rules: RecordRules,
  edits: readonly RecordEdit[],
): Promise<CheckedEdit[]> {
  const checked = edits.map(({ record, row }) => rules.recheck(knownOf(record, row), row));
  const missing = await findMissing(client, rules, checked);
  return edits.map((edit, index) => ({
    ...edit,
    issues: [
      ...(checked[index]?.issues ?? []).filter((issue) => issue.code !== "reference_missing"),
      ...(missing[index] ?? []),
    ],
  }));
}

/** What is known to be wrong: of a record that becomes again what it was when it came, what was wrong with it then. */
function knownOf({ row: before, original, issues, firstIssues }: HeldRecord, row: readonly string[]): CheckedRow {
  const comesBack = row.length === original.length && row.every((text, index) => text === original[index]);
  return comesBack ? { row: original, issues: firstIssues } : { row: before, issues };
}

async function findMissing(
  client: Pick<PoolClient, "query">,
  { definition }: RecordRules,
  checked: readonly Rechecked[],
): Promise<RecordIssue[][]> {
  const missing: RecordIssue[][] = checked.map(() => []);
  for (const [position, field] of definition.fields.entries()) {
    if (!field.references || !("dataset" in field.references)) continue;
    const sound = ({ issues }: Rechecked) =>
      !issues.some((issue) => issue.field === field.name && issue.code !== "reference_missing");
    const values = checked.map((one) => (sound(one) ? (one.values[position] ?? null) : null));
    for (const { index, issue } of await findMissingReferences(client, field, values)) missing[index]?.push(issue);
  }
  return missing;
}

/** Keeps edits, and what they changed in each column, in the caller's transaction. */
export async function writeEdits(
  { clock, actor }: Pick<Context, "clock" | "actor">,
  client: PoolClient,
  rules: RecordRules,
  edits: readonly CheckedEdit[],
  bulkEditId: string | null = null,
): Promise<void> {
  if (edits.length === 0) return;
  await client.query(
    `update waybill.rejected_records r set corrected = nullif(given.row, r.values), issues = given.issues,
       first_issues = coalesce(r.first_issues, r.issues), revision = revision + 1
     from unnest($1::uuid[], $2::jsonb[], $3::jsonb[]) as given (id, row, issues) where r.id = given.id`,
    [
      edits.map(({ record }) => record.id),
      edits.map(({ row }) => storable(row)),
      edits.map(({ issues }) => storable(issues)),
    ],
  );
  const changes = edits.flatMap((edit) => changesOf(edit, rules.header));
  await client.query(
    `insert into waybill.record_changes (record_id, at, by, action, column_name, "from", "to", bulk_edit_id)
     select record_id, $1, $2, 'edited', column_name, "from", "to", $3
     from unnest($4::uuid[], $5::text[], $6::text[], $7::text[]) as given (record_id, column_name, "from", "to")`,
    [
      clock.now(),
      actor.id,
      bulkEditId,
      changes.map((change) => change.id),
      changes.map((change) => change.column),
      changes.map((change) => change.from),
      changes.map((change) => change.to),
    ],
  );
}

interface ColumnChange {
  id: string;
  column: string | null;
  from: string;
  to: string;
}

/** A row that did not fit the header is told whole, since what was laid out under it may have lost cells. */
function changesOf({ record, row }: RecordEdit, header: readonly string[]): ColumnChange[] {
  if (record.row.length !== header.length) {
    return [{ id: record.id, column: null, from: storable(record.row), to: storable(row) }];
  }
  return header.flatMap((column, index) => {
    const [from, to] = [record.row[index] ?? "", row[index] ?? ""];
    return from === to ? [] : { id: record.id, column, from: storableText(from), to: storableText(to) };
  });
}
