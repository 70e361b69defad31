import { createHash } from "node:crypto";
import type { PoolClient } from "pg";
import type { Definition, Field } from "../definition/definition.ts";
import type { EncodedRecords } from "../reader/checked-batch.ts";
import { type RecordIssue, recordIssue } from "../record/issue-code.ts";
import { withoutTrailingZeros } from "../value/decimal.ts";
import { findMissingReferences } from "./check-references.ts";

/** Issues by the ordinal of their record. */
export type IssuesByOrdinal = Map<number, RecordIssue[]>;

/** Finds the records whose references are missing from a dataset, or whose `unique` values this run has had before. */
export async function checkAgainstDatabase(
  client: PoolClient,
  runId: string,
  definition: Definition,
  records: EncodedRecords,
): Promise<IssuesByOrdinal> {
  const issues: IssuesByOrdinal = new Map();
  for (const [position, values] of records.values) {
    const field = definition.fields[position];
    if (!field) continue;
    for (const { index, issue } of await findMissingReferences(client, field, values)) note(issues, index, issue);
    if (field.unique) {
      const repeated = await findRepeated(client, runId, field, records.recordNumbers, values);
      for (const index of repeated) note(issues, index, notUnique(field.name, values[index]));
    }
  }
  return issues;
}

async function findRepeated(
  client: PoolClient,
  runId: string,
  field: Field,
  recordNumbers: ArrayLike<number>,
  values: (string | null)[],
): Promise<number[]> {
  const present = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const numbers = present.map(({ index }) => recordNumbers[index] ?? 0);
  const { rows } = await client.query<{ record_number: string }>(
    `insert into waybill.run_seen_values (run_id, rule, value, record_number)
     select $1, $2, value, number from unnest($3::text[], $4::bigint[]) as given (value, number) order by number
     on conflict do nothing returning record_number`,
    [runId, field.name, present.map(({ value }) => indexable(comparable(field, value))), numbers],
  );
  const first = new Set(rows.map((row) => Number(row.record_number)));
  return present.filter((_, at) => !first.has(numbers[at] ?? 0)).map(({ index }) => index);
}

/** A value as those that are equal to it read too. */
function comparable({ type }: Field, value: string): string {
  return type === "decimal" ? withoutTrailingZeros(value) : value;
}

const indexedCharactersMax = 200;

/** A value as an index can hold it: a long one by its hash. */
function indexable(value: string): string {
  return value.length > indexedCharactersMax ? createHash("sha256").update(value).digest("hex") : value;
}

function note(issues: IssuesByOrdinal, index: number, issue: RecordIssue): void {
  const known = issues.get(index);
  if (known) known.push(issue);
  else issues.set(index, [issue]);
}

function notUnique(field: string, value: string | null | undefined): RecordIssue {
  const message = `${field} must be unique, and an earlier record of this file has the same value.`;
  return recordIssue(field, "not_unique", message, value ?? null);
}
