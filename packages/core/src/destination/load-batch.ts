import type { PoolClient } from "pg";
import type { RecordIssue } from "../record/issue-code.ts";
import { quoteName, quoteTable } from "./column.ts";
import type { PreparedTable } from "./prepare-table.ts";
import { issueOfRefusal } from "./refusal.ts";
import { byIndexLookup, fillStaging, staging } from "./staging.ts";
import { upsert } from "./upsert.ts";

/** A checked record on its way: one canonical text, or null, for each column of the table. */
export interface TypedRecord {
  recordNumber: number;
  line: number;
  values: (string | null)[];
}

/** What became of a batch; every record is counted once. */
export interface LoadedBatch {
  inserted: number;
  updated: number;
  unchanged: number;
  refused: { record: TypedRecord; issue: RecordIssue }[];
}

/**
 * Loads records in order within the client's transaction. Records that the destination refuses come back with their
 * issue, found by halving the batch; the others stay. Throws when the fault is not in the records.
 */
export async function loadBatch(
  client: PoolClient,
  table: PreparedTable,
  records: TypedRecord[],
): Promise<LoadedBatch> {
  const total = emptyBatch();
  for (const group of groupsOfDistinctKeys(table, records)) add(total, await loadOrHalve(client, table, group));
  return total;
}

async function loadOrHalve(client: PoolClient, table: PreparedTable, records: TypedRecord[]): Promise<LoadedBatch> {
  if (records.length === 0) return emptyBatch();
  await client.query("savepoint waybill_batch");
  try {
    const loaded = await copyAndMerge(client, table, records);
    await client.query("release savepoint waybill_batch");
    return loaded;
  } catch (error) {
    const issue = issueOfRefusal(error, table);
    if (!issue) throw error;
    await client.query("rollback to savepoint waybill_batch; release savepoint waybill_batch");
    const [only] = records;
    if (records.length === 1 && only) return { ...emptyBatch(), refused: [{ record: only, issue }] };
    const middle = Math.ceil(records.length / 2);
    const first = await loadOrHalve(client, table, records.slice(0, middle));
    add(first, await loadOrHalve(client, table, records.slice(middle)));
    return first;
  }
}

async function copyAndMerge(client: PoolClient, table: PreparedTable, records: TypedRecord[]): Promise<LoadedBatch> {
  const columns = table.columns.map((column) => quoteName(column.name)).join(", ");
  await fillStaging(client, columns, records);
  return await byIndexLookup(client, async () =>
    table.mode === "upsert"
      ? { ...emptyBatch(), ...(await upsert(client, table, columns, records.length)) }
      : await insert(client, table, columns, records),
  );
}

/** Inserts; a record whose key is there already is refused. */
async function insert(
  client: PoolClient,
  table: PreparedTable,
  columns: string,
  records: TypedRecord[],
): Promise<LoadedBatch> {
  const select = `select ${columns} from ${staging} s`;
  if (table.key.length === 0) {
    await client.query(`insert into ${quoteTable(table)} (${columns}) ${select} order by waybill_ordinal`);
    return { ...emptyBatch(), inserted: records.length };
  }
  const same = table.key.map((name) => `d.${quoteName(name)} = s.${quoteName(name)}`).join(" and ");
  const { rows: taken } = await client.query<{ ordinal: number }>(
    `select waybill_ordinal as ordinal from ${staging} s
     where exists (select from ${quoteTable(table)} d where ${same}) order by 1`,
  );
  const ordinals = taken.map((row) => row.ordinal);
  await client.query(
    `insert into ${quoteTable(table)} (${columns}) ${select}
     where waybill_ordinal <> all($1::int[]) order by waybill_ordinal`,
    [ordinals],
  );
  const refused = ordinals
    .flatMap((ordinal) => records[ordinal] ?? [])
    .map((record) => ({
      record,
      issue: duplicateKey(table, record),
    }));
  return { ...emptyBatch(), inserted: records.length - refused.length, refused };
}

function duplicateKey(table: PreparedTable, record: TypedRecord): RecordIssue {
  const positions = table.key.map((name) => table.columns.findIndex((column) => column.name === name));
  return {
    field: table.key.length === 1 ? (table.key[0] ?? null) : null,
    code: "duplicate_key",
    kind: "transactional",
    message: `A record with this ${table.key.join(", ")} is there already.`,
    value: positions.map((position) => record.values[position] ?? "").join(", "),
  };
}

/** Within a statement a key may stand once: the first record of each key, then the second ones, and so on. */
function groupsOfDistinctKeys(table: PreparedTable, records: TypedRecord[]): TypedRecord[][] {
  if (table.key.length === 0) return [records];
  const positions = table.key.map((name) => table.columns.findIndex((column) => column.name === name));
  const seen = new Map<string, number>();
  const groups: TypedRecord[][] = [];
  for (const record of records) {
    const key = positions.map((position) => record.values[position]).join("\u0000");
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    groups[occurrence] ??= [];
    groups[occurrence].push(record);
  }
  return groups;
}

function emptyBatch(): LoadedBatch {
  return { inserted: 0, updated: 0, unchanged: 0, refused: [] };
}

function add(total: LoadedBatch, part: LoadedBatch): void {
  total.inserted += part.inserted;
  total.updated += part.updated;
  total.unchanged += part.unchanged;
  total.refused.push(...part.refused);
}
