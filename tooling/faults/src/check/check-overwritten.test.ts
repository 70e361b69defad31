import { createTestDatabase } from "@waybill/db/testing/test-database";
import { Client } from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { kinds } from "../work/kind.ts";
import type { Run } from "../world/api.ts";
import type { StartedDelivery } from "./audit.ts";
import { checkOverwritten } from "./check-overwritten.ts";
import type { Query } from "./holdings.ts";

const records = 10;

test("one load after the other leaves the records of the last", async () => {
  const query = await openPrices({ 1: [], 2: [1, records] });
  expect(await check(query, ["completed", "completed"])).toEqual([]);
});

test("a load that broke off may have left its first records", async () => {
  const query = await openPrices({ 1: [5, records], 2: [1, 4] });
  expect(await check(query, ["completed", "failed"])).toEqual([]);
  expect(await check(query, ["completed", undefined])).toEqual([]);
});

test("finds two loads that mixed", async () => {
  const query = await openPrices({ 1: [1, 4], 2: [5, records] });
  expect(await check(query, ["completed", "completed"])).toEqual(["interleaved"]);
});

test("finds a key that is gone, and one that is there twice", async () => {
  expect(await check(await openPrices({ 1: [2, records] }), ["completed"])).toEqual(["lost"]);
  expect(await check(await openPrices({ 1: [1, records], 2: [3, 3] }), ["completed", "failed"])).toEqual(["doubled"]);
});

/** The rules that are broken where runs 1 and so on came to these ends, undefined for one that is under way. */
async function check(query: Query, ends: (Run["status"] | undefined)[]): Promise<string[]> {
  const started = ends.map((status, index): StartedDelivery => {
    const delivery = { number: index + 1, kind: kinds.prices, records, cancelled: false };
    return { delivery, end: status && ({ status, name: "r" } as Run) };
  });
  return (await checkOverwritten(query, kinds.prices, started)).violations.map(({ rule }) => rule);
}

/** A destination that holds, of each run, the records from one number to another. */
async function openPrices(held: Record<number, number[]>): Promise<Query> {
  const database = await createTestDatabase(inject("postgres"));
  const client = new Client({ connectionString: database.url });
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await database.drop();
  });
  await client.query("create table waybill_data.prices (id text, run bigint, record bigint)");
  for (const [run, [first, last]] of Object.entries(held)) {
    if (first === undefined) continue;
    const sql = "insert into waybill_data.prices select 'P-' || n, $1, n from generate_series($2::int, $3::int) n";
    await client.query(sql, [run, first, last]);
  }
  return async <Row extends object>(sql: string, values: unknown[] = []) => (await client.query<Row>(sql, values)).rows;
}
