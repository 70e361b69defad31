import type { PoolClient } from "pg";
import type { Definition, Field } from "../definition/definition.ts";
import { WaybillError } from "../errors.ts";
import { type RecordIssue, recordIssue } from "../record/issue-code.ts";
import { columnTypeOf, datasetSchema, quoteName, quoteTable } from "./column.ts";

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

/** A value, by its place among those asked about, that the dataset which its field refers to does not hold. */
export interface MissingReference {
  index: number;
  issue: RecordIssue;
}

/** Those of the values of one field that its dataset does not hold; none where the field refers to no dataset. */
export async function findMissingReferences(
  client: Pick<PoolClient, "query">,
  field: Field,
  values: readonly (string | null)[],
): Promise<MissingReference[]> {
  const { references } = field;
  if (!references || !("dataset" in references)) return [];
  const missing = await findMissing(client, references, columnTypeOf(field), values);
  return missing.map((index) => ({ index, issue: missingReference(field.name, references, values[index]) }));
}

async function findMissing(
  client: Pick<PoolClient, "query">,
  { dataset, field }: { dataset: string; field: string },
  type: string,
  values: readonly (string | null)[],
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

function missingReference(
  field: string,
  references: { dataset: string; field: string },
  value: string | null | undefined,
): RecordIssue {
  const message = `${field} is not among the ${references.field} values of the dataset ${references.dataset}.`;
  return recordIssue(field, "reference_missing", message, value ?? null);
}
