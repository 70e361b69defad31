import { createHash } from "node:crypto";
import type { PoolClient } from "pg";
import type { Definition, Field } from "../definition/definition.ts";
import { WaybillError } from "../errors.ts";
import type { EncodedRecords } from "../reader/checked-batch.ts";
import { type RecordIssue, recordIssue } from "../record/issue-code.ts";
import { withoutTrailingZeros } from "../value/decimal.ts";
import { columnTypeOf, datasetSchema, quoteName, quoteTable } from "./column.ts";

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
    if (field.references && "dataset" in field.references) {
      const missing = await findMissing(client, field.references, columnTypeOf(field), values);
      for (const index of missing) note(issues, index, missingReference(field.name, field.references, values[index]));
    }
    if (field.unique) {
      const repeated = await findRepeated(client, runId, field, records.recordNumbers, values);
      for (const index of repeated) note(issues, index, notUnique(field.name, values[index]));
    }
  }
  return issues;
}

/** Throws `dataset_unknown` when a definition refers to a dataset or field that is not there. */
export async function checkReferencedDatasets(
  client: Pick<PoolClient, "query">,
  definition: Definition,
): Promise<void> {
  for (const field of definition.fields) {
    if (!field.references || !("dataset" in field.references)) continue;
    const { dataset, field: column } = field.references;
    const { rows } = await client.query<{ type: string }>(
      "select data_type as type from information_schema.columns where table_schema = $1 and table_name = $2 and column_name = $3",
      [datasetSchema, dataset, column],
    );
    const type = rows[0]?.type;
    if (type !== undefined && type !== columnTypeOf(field) && field.type !== "time") {
      const message = `${field.name} is ${columnTypeOf(field)}, but ${column} of the dataset ${dataset} is ${type}. Give both the same type.`;
      throw new WaybillError("destination_unusable", message, { dataset, field: column });
    }
    if (type === undefined) {
      const message = `${field.name} refers to ${column} of the dataset ${dataset}, which has not been loaded yet. Load that dataset first.`;
      throw new WaybillError("dataset_unknown", message, { dataset, field: column });
    }
  }
}

async function findMissing(
  client: PoolClient,
  { dataset, field }: { dataset: string; field: string },
  type: string,
  values: (string | null)[],
): Promise<number[]> {
  const table = quoteTable({ schema: datasetSchema, table: dataset });
  const distinct = [...new Set(values.filter((value) => value !== null))];
  const { rows } = await client.query<{ value: string }>(
    `select value from unnest($1::text[]) as given (value)
     where not exists (select from ${table} d where d.${quoteName(field)} = given.value::${type})`,
    [distinct],
  );
  const missing = new Set(rows.map((row) => row.value));
  return values.flatMap((value, index) => (value !== null && missing.has(value) ? index : []));
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

function missingReference(
  field: string,
  references: { dataset: string; field: string },
  value: string | null | undefined,
): RecordIssue {
  const message = `${field} is not among the ${references.field} values of the dataset ${references.dataset}.`;
  return recordIssue(field, "reference_missing", message, value ?? null);
}

function notUnique(field: string, value: string | null | undefined): RecordIssue {
  const message = `${field} must be unique, and an earlier record of this file has the same value.`;
  return recordIssue(field, "not_unique", message, value ?? null);
}
