import type { PoolClient } from "pg";
import type { CopyLines } from "./copy-lines.ts";
import { findRepeats, quoteKey } from "./find-ranges.ts";
import { columnsBesidesKey, type Merged, merge } from "./merge.ts";
import type { PreparedTable } from "./prepare-table.ts";
import { recordsInStaging } from "./records-given.ts";
import { emptyStaging, fillStaging, stagingOf } from "./staging.ts";

/**
 * Merges the staged lines, of which many have one key, as if each came after the other, into a table that takes the last
 * of a key alone. Each version of a row that one transaction writes is passed by all later ones, so writing every one of
 * ten thousand would take minutes. Throws what `merge` throws.
 */
export async function mergeRepeats(client: PoolClient, table: PreparedTable, lines: CopyLines): Promise<Merged> {
  const before = await findRepeats(client, table);
  const repeats = await countRepeats(client, table);
  const followed = new Set(before.values());
  const positions = Array.from({ length: lines.count }, (_, position) => position);
  const first = await mergeOnly(positions.filter((position) => !before.has(position)));
  await mergeOnly(positions.filter((position) => before.has(position) && !followed.has(position)));
  return { ...first, updated: first.updated + repeats.changed, unchanged: first.unchanged + repeats.same };

  async function mergeOnly(chosen: number[]): Promise<Merged> {
    await emptyStaging(client, table);
    await fillStaging(client, table, lines.pick(chosen));
    return await merge(client, table, chosen.length, recordsInStaging(table));
  }
}

/** How many of the staged lines differ from the last one before them with their key, and how many do not. */
async function countRepeats(client: PoolClient, table: PreparedTable): Promise<{ changed: number; same: number }> {
  const rest = columnsBesidesKey(table);
  const list = (alias: string) => rest.map((name) => `(${alias}).${name}`).join(", ");
  const differs = rest.length === 0 ? "false" : `(${list("now")}) is distinct from (${list("before")})`;
  const { rows } = await client.query<{ changed: number; same: number }>(
    `select count(*) filter (where ${differs})::int as changed, count(*) filter (where not ${differs})::int as same
     from (
       select s as now, lag(s) over in_order as before, row_number() over in_order as nth
       from ${stagingOf(table)} s window in_order as (partition by ${quoteKey(table)} order by ctid)
     ) numbered where nth > 1`,
  );
  return rows[0] ?? { changed: 0, same: 0 };
}
