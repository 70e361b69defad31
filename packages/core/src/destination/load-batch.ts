import type { PoolClient } from "pg";
import type { RecordIssue } from "../record/issue-code.ts";
import { findRanges } from "./distinct-keys.ts";
import { type Merged, merge, RecordsDropped, type StagedRange } from "./merge.ts";
import type { PreparedTable } from "./prepare-table.ts";
import { faultOfDestination, issueOfDropping, issueOfRefusal, issueOfTakenKey } from "./refusal.ts";
import { byIndexLookup, fillStaging } from "./staging.ts";
import type { TypedRecord } from "./typed-record.ts";

/** What became of a batch; every record is counted once. */
export interface LoadedBatch {
  inserted: number;
  updated: number;
  unchanged: number;
  refused: { record: TypedRecord; issue: RecordIssue }[];
}

/**
 * Loads records in their order within the client's transaction, which has a staging table. Records that the
 * destination refuses come back with their issue, found by halving the batch; the others stay. Throws when the fault
 * is not in the records.
 */
export async function loadBatch(
  client: PoolClient,
  table: PreparedTable,
  records: TypedRecord[],
): Promise<LoadedBatch> {
  const total: LoadedBatch = { inserted: 0, updated: 0, unchanged: 0, refused: [] };
  await copyOrHalve({ client, table, records, total });
  return total;
}

/** Records on their way into a table, and what has become of those before them. */
interface Loading {
  client: PoolClient;
  table: PreparedTable;
  records: TypedRecord[];
  total: LoadedBatch;
}

async function copyOrHalve(loading: Loading): Promise<void> {
  const { client, table, records, total } = loading;
  const [first] = records;
  if (!first) return;
  const issue = await refusalOf(loading, () => fillStaging(client, table, records));
  if (!issue) {
    await byIndexLookup(client, () => mergeRanges(loading));
  } else if (records.length === 1) {
    total.refused.push({ record: first, issue });
  } else {
    const middle = Math.ceil(records.length / 2);
    await copyOrHalve({ ...loading, records: records.slice(0, middle) });
    await copyOrHalve({ ...loading, records: records.slice(middle) });
  }
}

async function mergeRanges(loading: Loading): Promise<void> {
  for (const range of await findRanges(loading.client, loading.table, loading.records))
    await mergeOrHalve(loading, range);
}

async function mergeOrHalve(loading: Loading, { from, to }: StagedRange): Promise<void> {
  const { client, table, records, total } = loading;
  const issue = await refusalOf(loading, async () => count(loading, await merge(client, table, { from, to })));
  if (!issue) return;
  const record = records[from];
  if (to - from === 1 && record) {
    total.refused.push({ record, issue });
    return;
  }
  const middle = Math.ceil((from + to) / 2);
  await mergeOrHalve(loading, { from, to: middle });
  await mergeOrHalve(loading, { from: middle, to });
}

function count({ table, records, total }: Loading, merged: Merged): void {
  total.inserted += merged.inserted;
  total.updated += merged.updated;
  total.unchanged += merged.unchanged;
  for (const ordinal of merged.taken) {
    const record = records[ordinal];
    if (record) total.refused.push({ record, issue: issueOfTakenKey(table, record.values) });
  }
}

/** Does the work within a savepoint; when the database refuses the records, undoes it and gives the reason. */
async function refusalOf({ client, table }: Loading, work: () => Promise<void>): Promise<RecordIssue | null> {
  await client.query("savepoint waybill_batch");
  try {
    await work();
  } catch (error) {
    const issue = error instanceof RecordsDropped ? issueOfDropping() : issueOfRefusal(error, table);
    if (!issue) throw faultOfDestination(error, table);
    await client.query("rollback to savepoint waybill_batch; release savepoint waybill_batch");
    return issue;
  }
  await client.query("release savepoint waybill_batch");
  return null;
}
