import type { PoolClient } from "pg";
import { findInOrder, type OrderedReading, type Place } from "../rejected/find-in-order.ts";
import type { RecordState } from "../rejected/record-state.ts";
import { type HeldRecord, heldColumns } from "../rejected/write-edits.ts";

/** Open records in their order. */
export interface FoundRows {
  records: HeldRecord[];
  /** How many were found, with those that somebody has closed since. */
  found: number;
  /** The place of the last that was found; null where nothing was. */
  last: Place | null;
}

/** So many open records that fit, after a place, in the order of the list; `lock` is SQL that holds them. */
export async function readRows(
  client: Pick<PoolClient, "query">,
  reading: OrderedReading,
  lock: "" | "for update" = "",
): Promise<FoundRows> {
  const { rows } = await client.query<HeldRecord & { state: RecordState }>(
    `select ${heldColumns}, r.state from waybill.rejected_records r where r.id = any($1)
     order by r.run_id desc, r.record_number ${lock}`,
    [await findInOrder(client, reading)],
  );
  const last = rows.at(-1);
  return {
    records: rows.filter((row) => row.state === "open"),
    found: rows.length,
    last: last ? [last.runId, last.recordNumber] : null,
  };
}
