import type { PoolClient } from "pg";
import { limits } from "../limits.ts";
import { findInOrder, type OrderedReading, type Place } from "../rejected/find-in-order.ts";
import { type HeldRecord, heldColumns } from "../rejected/held-record.ts";
import { fitting } from "../rejected/record-filter.ts";

/** Records in their order. */
export interface FoundRows {
  records: HeldRecord[];
  /** Where to go on; null where nothing comes after these. */
  next: Place | null;
}

/**
 * So many records that fit, after a place, in the order of the list, and no more of them than a batch may have characters;
 * `lock` is SQL that holds them. What somebody changes before they are held is looked at as it then is.
 */
export async function readRows(
  client: Pick<PoolClient, "query">,
  reading: OrderedReading,
  lock: "" | "for update of r" = "",
): Promise<FoundRows> {
  const found = await findInOrder(client, { ...reading, measured: true });
  const part = found.slice(0, countWithin(found.map(({ characters }) => characters)));
  const { values } = reading.conditions;
  const { rows } = await client.query<HeldRecord>({
    text: `select ${heldColumns} from ${fitting(reading.conditions)} and r.id = any($${values.length + 1}::uuid[])
      order by r.id ${lock}`,
    values: [...values, part.map(({ id }) => id)],
  });
  const last = part.at(-1);
  const more = part.length < found.length || found.length === reading.count;
  return { records: inOrder(rows), next: more && last ? [last.runId, last.recordNumber] : null };
}

/** How many records from the first on are read together: one at least. */
function countWithin(characters: number[]): number {
  let sum = 0;
  const past = characters.findIndex((count, index) => {
    sum += count;
    return index > 0 && sum > limits.batchCharacters;
  });
  return past < 0 ? characters.length : past;
}

/** Held in the order in which everybody holds them, given in that of the list. */
function inOrder(records: HeldRecord[]): HeldRecord[] {
  return records.toSorted((one, other) =>
    one.runId === other.runId ? one.recordNumber - other.recordNumber : one.runId < other.runId ? 1 : -1,
  );
}
