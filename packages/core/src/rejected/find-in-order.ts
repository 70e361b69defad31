import type { PoolClient } from "pg";
import type { RecordConditions } from "./record-filter.ts";

/** A place in the order of records: that of newer runs first, within a run by the number of the record. */
export type Place = readonly [runId: string, recordNumber: number];

/** Which records are read, and how. */
export interface OrderedReading {
  conditions: RecordConditions;
  /** Those after this place, or after so many of all; from the beginning where neither is given. */
  after?: Place | null;
  offset?: number;
  count: number;
  /** Whether `characters` are asked for; to tell them of many takes time. */
  measured?: boolean;
}

/** A record, where it stands, and about how many characters it has where that was asked for. */
export interface FoundRecord {
  id: string;
  runId: string;
  recordNumber: number;
  characters: number;
}

/**
 * So many records that fit, in their order. The runs are gone through one by one, the newest first, and of each
 * its records in their order; so an index gives them, and nothing is read of runs that are not reached.
 */
export async function findInOrder(
  client: Pick<PoolClient, "query">,
  { conditions, after = null, offset = 0, count, measured = false }: OrderedReading,
): Promise<FoundRecord[]> {
  if (after === null) return await read(client, conditions, { limit: count, offset, measured });
  const rest = await read(client, within(conditions, "o.id =", after), { limit: count, measured });
  if (rest.length === count) return rest;
  return [
    ...rest,
    ...(await read(client, within(conditions, "o.id <", after), { limit: count - rest.length, measured })),
  ];
}

/** What remains of the run of a place, or the runs after it: each by itself, so that an index finds the place. */
function within(
  { runs, records, values }: RecordConditions,
  which: "o.id =" | "o.id <",
  place: Place,
): RecordConditions {
  const [runId, recordNumber] = place;
  const next = values.length + 1;
  if (which === "o.id <") return { runs: `${runs} and o.id < $${next}`, records, values: [...values, runId] };
  return {
    runs: `${runs} and o.id = $${next}`,
    records: `${records} and r.record_number > $${next + 1}`,
    values: [...values, runId, recordNumber],
  };
}

async function read(
  client: Pick<PoolClient, "query">,
  { runs, records, values }: RecordConditions,
  { limit, offset = 0, measured }: { limit: number; offset?: number; measured: boolean },
): Promise<FoundRecord[]> {
  const [first, all] = [values.length + 1, values.length + 2];
  const text = `with newest as materialized (select o.id from waybill.runs o where ${runs} order by o.id desc)
    select r.id, o.id as "runId", r.record_number::float8 as "recordNumber",
      ${measured ? "octet_length(coalesce(r.corrected, r.values)::text)" : "0"} as characters
    from newest o cross join lateral (
      select r.id, r.record_number, r.corrected, r.values from waybill.rejected_records r where r.run_id = o.id and ${records}
      order by r.record_number limit $${all}
    ) r limit $${first} offset $${first + 2}`;
  // Which index is right depends on the values, so this is planned each time.
  const { rows } = await client.query<FoundRecord>({ text, values: [...values, limit, limit + offset, offset] });
  return rows;
}
