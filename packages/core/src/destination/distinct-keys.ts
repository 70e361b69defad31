import type { PoolClient } from "pg";
import { quoteName } from "./column.ts";
import type { StagedRange } from "./merge.ts";
import type { PreparedTable } from "./prepare-table.ts";
import { staging } from "./staging.ts";
import type { TypedRecord } from "./typed-record.ts";

/** Cuts the staged records, in their order, into ranges in which no key stands twice. */
export async function findRanges(
  client: PoolClient,
  table: PreparedTable,
  records: TypedRecord[],
): Promise<StagedRange[]> {
  if (table.key.length === 0) return [{ from: 0, to: records.length }];
  // The keys of a dataset are equal where their texts are; other tables may have types that know better.
  const earlier = table.isDataset ? earlierByText(table, records) : await earlierByDatabase(client, table);
  const ranges: StagedRange[] = [];
  let from = 0;
  for (let ordinal = 0; ordinal < records.length; ordinal++) {
    if ((earlier.get(ordinal) ?? -1) < from) continue;
    ranges.push({ from, to: ordinal });
    from = ordinal;
  }
  ranges.push({ from, to: records.length });
  return ranges;
}

/** For each ordinal whose key stood before, the last ordinal where it did. */
type Earlier = Map<number, number>;

function earlierByText(table: PreparedTable, records: TypedRecord[]): Earlier {
  const positions = table.key.map((name) => table.columns.findIndex((column) => column.name === name));
  const last = new Map<string, number>();
  const earlier: Earlier = new Map();
  for (const [ordinal, { values }] of records.entries()) {
    const key = positions.map((position) => plainNumber(table, position, values[position] ?? "")).join("\u0000");
    const before = last.get(key);
    if (before !== undefined) earlier.set(ordinal, before);
    last.set(key, ordinal);
  }
  return earlier;
}

/** Numbers are equal whatever zeros end their fractions. */
function plainNumber(table: PreparedTable, position: number, text: string): string {
  if (table.columns[position]?.type !== "numeric" || !text.includes(".")) return text;
  let end = text.length;
  while (text[end - 1] === "0") end--;
  return text.slice(0, text[end - 1] === "." ? end - 1 : end);
}

async function earlierByDatabase(client: PoolClient, table: PreparedTable): Promise<Earlier> {
  const key = table.key.map(quoteName).join(", ");
  const { rows } = await client.query<{ ordinal: number; before: number }>(
    `select ordinal, before from (
       select waybill_ordinal as ordinal, lag(waybill_ordinal) over (partition by ${key} order by waybill_ordinal) as before
       from ${staging}
     ) numbered where before is not null`,
  );
  return new Map(rows.map(({ ordinal, before }) => [ordinal, before]));
}
