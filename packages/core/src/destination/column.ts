import type { Definition, Field } from "../definition/definition.ts";
import type { FieldType } from "../definition/names.ts";
import { WaybillError } from "../errors.ts";

/** A column that an import writes: its name and its Postgres type. */
export interface Column {
  name: string;
  type: string;
}

/** A table as Postgres knows it. */
export interface QualifiedTable {
  schema: string;
  table: string;
}

/** The schema of the tables that Waybill keeps for datasets. */
export const datasetSchema = "waybill_data";

/** The table that a definition writes to. */
export function tableOf(destination: Definition["destination"]): QualifiedTable {
  switch (destination.kind) {
    case "dataset":
      return { schema: datasetSchema, table: destination.dataset };
    case "table":
      return { schema: destination.schema, table: destination.table };
  }
}

/** The Postgres type that holds every value of a field without loss. */
export function columnTypeOf(field: Field): string {
  switch (field.type) {
    case "text":
    case "choice":
      return "text";
    case "integer":
      return "bigint";
    case "decimal":
      return "numeric";
    case "boolean":
      return "boolean";
    case "date":
      return "date";
    case "time":
      return "time";
    case "timestamp":
      return "timestamp with time zone";
  }
}

const fieldTypes: Record<string, FieldType> = {
  bigint: "integer",
  numeric: "decimal",
  "time without time zone": "time",
  "timestamp with time zone": "timestamp",
};

/** The word of definitions for what a column of a dataset holds. */
export function fieldTypeOf(columnType: string): string {
  return fieldTypes[columnType] ?? columnType;
}

/** `"schema"."table"`, safe in SQL. */
export function quoteTable({ schema, table }: QualifiedTable): string {
  return `${quoteName(schema)}.${quoteName(table)}`;
}

/** A name, safe in SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** An error for a destination that cannot take what the definition sends. */
export function unusable(table: QualifiedTable, reason: string): WaybillError {
  return new WaybillError(
    "destination_unusable",
    `The table ${table.schema}.${table.table} cannot be used: ${reason}`,
    {
      ...table,
    },
  );
}
