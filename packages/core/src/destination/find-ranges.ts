import type { PoolClient } from "pg";
import { quoteName } from "./column.ts";
import type { PreparedTable } from "./prepare-table.ts";
import { stagingOf } from "./staging.ts";

/** The lines from the position `from` up to, not including, `to`. */
export interface LineRange {
  from: number;
  to: number;
}

/** Cuts so many staged lines, in their order, into ranges in which no key stands twice. */
export async function findRanges(client: PoolClient, table: PreparedTable, count: number): Promise<LineRange[]> {
  const before = await findRepeats(client, table);
  const ranges: LineRange[] = [];
  let from = 0;
  for (let position = 1; position < count; position++) {
    if ((before.get(position) ?? -1) < from) continue;
    ranges.push({ from, to: position });
    from = position;
  }
  ranges.push({ from, to: count });
  return ranges;
}

/** For each position whose key stood before, the last position where it did. */
export async function findRepeats(client: PoolClient, table: PreparedTable): Promise<Map<number, number>> {
  const { rows } = await client.query<{ position: number; before: number }>(
    `select position::int, before::int from (
       select position, lag(position) over (partition by ${quoteKey(table)} order by position) as before
       from (select row_number() over (order by ctid) - 1 as position, * from ${stagingOf(table)}) placed
     ) numbered where before is not null`,
  );
  return new Map(rows.map(({ position, before }) => [position, before]));
}

/** The columns of the record key, quoted. */
export function quoteKey(table: PreparedTable): string {
  return table.key.map(quoteName).join(", ");
}
