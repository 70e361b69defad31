import type { PoolClient } from "pg";
import { afterPlace } from "../rejected/list-records.ts";
import type { RecordConditions } from "../rejected/record-filter.ts";
import { recordTables } from "../rejected/record-row.ts";
import { type HeldRecord, heldColumns } from "../rejected/write-edits.ts";

/** A place in the order of records: the run, and the number of the record. */
export type Place = [runId: string, recordNumber: number];

/** So many open records that fit, after a place, in the order of the list; `lock` is SQL that holds them. */
export async function readRows(
  client: Pick<PoolClient, "query">,
  { sql, values }: RecordConditions,
  after: Place | null,
  count: number,
  lock: "" | "for update of r",
): Promise<HeldRecord[]> {
  const given = [...values];
  const add = (value: unknown) => `$${given.push(value)}`;
  const placed = after ? `and ${afterPlace(`${add(after[0])}::uuid`, `${add(after[1])}::bigint`)}` : "";
  const { rows } = await client.query<HeldRecord>({
    text: `select ${heldColumns}
       from ${recordTables} where ${sql} and r.state = 'open' ${placed}
       order by r.run_id desc, r.record_number limit ${add(count)} ${lock}`,
    values: given,
  });
  return rows;
}

/** The place of the last of some records; null where there are none. */
export function placeOf(records: readonly HeldRecord[]): Place | null {
  const last = records.at(-1);
  return last ? [last.runId, last.recordNumber] : null;
}
