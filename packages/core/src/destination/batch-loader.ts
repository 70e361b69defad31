import type { PoolClient } from "pg";
import type { RecordIssue } from "../record/issue-code.ts";
import { quoteTable } from "./column.ts";
import type { CopyLines } from "./copy-lines.ts";
import { findRanges, type LineRange } from "./find-ranges.ts";
import { loadSingly } from "./load-singly.ts";
import { KeysRepeated, type Merged, merge, RecordsDropped } from "./merge.ts";
import { mergeRepeats } from "./merge-repeats.ts";
import type { PreparedTable } from "./prepare-table.ts";
import { recordsInStaging, recordsInStatement } from "./records-given.ts";
import { faultOfDestination, isRefusal, issueOfTakenKey } from "./refusal.ts";
import { columnList, copyInto, fillStaging, makeStaging } from "./staging.ts";

/** What became of the records of a batch; each is counted once. */
export interface LoadedBatch {
  inserted: number;
  updated: number;
  unchanged: number;
  /** By their ordinals. */
  refused: Map<number, RecordIssue>;
}

/**
 * Fewer lines than these are sent with the statement that merges them, and loaded one by one where a record is refused or a
 * key repeats. More are staged, and loaded one by one where keys repeat in each so many of them.
 */
const linesStagedMin = 64;

/**
 * Loads the batches of one run into its destination, each within the caller's transaction. Records that the destination
 * refuses come back with their issue, found by halving the batch; the others stay.
 */
export class BatchLoader {
  readonly #table: PreparedTable;
  /** Whether the records of the batch before were all new. Then those of the next one are likely to be. */
  #allNew = false;

  constructor(table: PreparedTable) {
    this.#table = table;
  }

  /** Loads records in their order. Throws when the fault is not in the records. */
  async load(client: PoolClient, lines: CopyLines): Promise<LoadedBatch> {
    const loaded: LoadedBatch = { inserted: 0, updated: 0, unchanged: 0, refused: new Map() };
    if (lines.count === 0) return loaded;
    if (this.#maySendStraight() && (await sendStraight(client, this.#table, lines))) {
      return { ...loaded, inserted: lines.count };
    }
    await mergeAll({ client, table: this.#table, lines, loaded });
    this.#allNew = loaded.inserted === lines.count;
    return loaded;
  }

  #maySendStraight(): boolean {
    const { takesCopy, key } = this.#table;
    return takesCopy && (key.length === 0 || this.#allNew);
  }
}

/** Records on their way into a table, and what has become of those before them. */
interface Loading {
  client: PoolClient;
  table: PreparedTable;
  lines: CopyLines;
  loaded: LoadedBatch;
}

/** Copies new records into the destination itself. Gives false, and does nothing, when one of them does not fit. */
async function sendStraight(client: PoolClient, table: PreparedTable, lines: CopyLines): Promise<boolean> {
  const refused = await refusalOf({ client, table }, "", async () => {
    const kept = await copyInto(client, `${quoteTable(table)} (${columnList(table)})`, lines);
    if (kept !== lines.count) throw new RecordsDropped();
  });
  return !refused;
}

async function mergeAll(loading: Loading): Promise<void> {
  const few = loading.lines.count < linesStagedMin && loading.table.takesJson;
  await (few ? mergeFew(loading) : mergeOrHalve(loading));
}

async function mergeFew(loading: Loading): Promise<void> {
  const { client, table, lines } = loading;
  const refused = await refusalOf(loading, "", async () => {
    count(loading, await merge(client, table, lines.count, recordsInStatement(table, lines)));
  });
  if (refused) await loadEach(loading);
}

async function mergeOrHalve(loading: Loading): Promise<void> {
  const { client, table, lines } = loading;
  let ranges: LineRange[] = [];
  const refused = await refusalOf(loading, makeStaging(table), async () => {
    await fillStaging(client, table, lines);
    if (await mergeAtOnce(loading)) return;
    ranges = await findRanges(client, table, lines.count);
    if (lines.count < linesStagedMin || !areTooMany(ranges, lines) || !table.takesLastOfKey) return;
    count(loading, await mergeRepeats(client, table, lines));
    ranges = [];
  });
  if (refused) ranges = halves(lines.count);
  if (areTooMany(ranges, lines)) return await loadEach(loading);
  for (const { from, to } of ranges) await mergeAll({ ...loading, lines: lines.slice(from, to) });
}

/** Merges the staged lines at once. Gives false, and does nothing, when a key repeats among them. */
async function mergeAtOnce(loading: Loading): Promise<boolean> {
  const { client, table, lines } = loading;
  try {
    count(loading, await merge(client, table, lines.count, recordsInStaging(table)));
    return true;
  } catch (error) {
    if (error instanceof KeysRepeated) return false;
    throw error;
  }
}

async function loadEach(loading: Loading): Promise<void> {
  try {
    await loadSingly(loading);
  } catch (error) {
    throw faultOfDestination(error, loading.table);
  }
}

function areTooMany(ranges: LineRange[], lines: CopyLines): boolean {
  return lines.count < linesStagedMin * ranges.length;
}

function halves(count: number): LineRange[] {
  const middle = Math.ceil(count / 2);
  return [
    { from: 0, to: middle },
    { from: middle, to: count },
  ];
}

function count({ table, lines, loaded }: Loading, merged: Merged): void {
  loaded.inserted += merged.inserted;
  loaded.updated += merged.updated;
  loaded.unchanged += merged.unchanged;
  for (const position of merged.taken) {
    loaded.refused.set(lines.ordinal(position), issueOfTakenKey(table, lines.values(position)));
  }
}

/** Does the work, begun by SQL, within a savepoint. Undoes it, and gives true, when the records cannot come in so. */
async function refusalOf(
  { client, table }: Pick<Loading, "client" | "table">,
  beginning: string,
  work: () => Promise<void>,
): Promise<boolean> {
  await client.query(`savepoint waybill_batch; ${beginning}`);
  try {
    await work();
  } catch (error) {
    const turnedAway = error instanceof RecordsDropped || error instanceof KeysRepeated || isRefusal(error);
    if (!turnedAway) throw faultOfDestination(error, table);
    await client.query("rollback to savepoint waybill_batch; release savepoint waybill_batch");
    return true;
  }
  await client.query("release savepoint waybill_batch");
  return false;
}
