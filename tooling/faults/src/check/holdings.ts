import { type Delivery, wrongRow } from "../work/delivery.ts";
import type { Kind } from "../work/kind.ts";

/** What a destination holds of one delivery. */
export interface Holding {
  rows: number;
  /** How many different records the rows are of. */
  records: number;
  /** The highest record number, 0 where there is none. */
  last: number;
  wrong: number;
  faulty: number;
}

/** Runs one statement on the destination. */
export type Query = <Row extends object>(sql: string, values?: unknown[]) => Promise<Row[]>;

const nothing: Holding = { rows: 0, records: 0, last: 0, wrong: 0, faulty: 0 };

/** What the destinations hold of these deliveries, by their numbers. */
export async function readHoldings(query: Query, deliveries: Delivery[]): Promise<(number: number) => Holding> {
  const found = new Map<number, Holding>();
  for (const [kind, numbers] of byKind(deliveries)) {
    if (!(await exists(query, kind))) continue;
    for (const { run, ...holding } of await read(query, kind, numbers)) found.set(run, holding);
  }
  return (number) => found.get(number) ?? nothing;
}

/** How many rows of a kind's destination no delivery brought. */
export async function countForeign(query: Query, kind: Kind, numbers: number[]): Promise<number> {
  if (!(await exists(query, kind))) return 0;
  const sql = `select count(*)::int as count from ${kind.table} where run is null or run <> all($1)`;
  return (await query<{ count: number }>(sql, [numbers]))[0]?.count ?? 0;
}

async function read(query: Query, kind: Kind, numbers: number[]): Promise<(Holding & { run: number })[]> {
  return await query<Holding & { run: number }>(
    `select run::int as run, count(*)::int as rows, count(distinct record)::int as records, max(record)::int as last,
       count(*) filter (where ${wrongRow})::int as wrong,
       count(*) filter (where record % $2::bigint = 0)::int as faulty
     from ${kind.table} where run = any($1) group by run`,
    [numbers, kind.faultyEvery],
  );
}

async function exists(query: Query, kind: Kind): Promise<boolean> {
  const rows = await query<{ there: boolean }>("select to_regclass($1) is not null as there", [kind.table]);
  return rows[0]?.there ?? false;
}

function byKind(deliveries: Delivery[]): Map<Kind, number[]> {
  const numbers = new Map<Kind, number[]>();
  for (const { kind, number } of deliveries) numbers.set(kind, [...(numbers.get(kind) ?? []), number]);
  return numbers;
}
