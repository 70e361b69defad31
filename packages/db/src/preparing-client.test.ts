import type { ClientBase } from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { type Database, openDatabase } from "./database.ts";
import { statementsMax } from "./preparing-client.ts";
import { createTestDatabase } from "./testing/test-database.ts";

const connections = 3;
const [plus, times, minus] = [
  "select $1::int + 2 as value",
  "select $1::int * 2 as value",
  "select $1::int - 2 as value",
];

let database: Database;
let drop: () => Promise<void>;

beforeEach(async () => {
  const fresh = await createTestDatabase(inject("postgres"));
  drop = fresh.drop;
  database = await openDatabase(fresh.url, { max: connections });
});

afterEach(async () => {
  await database.close();
  await drop();
});

test("each connection prepares a statement once, and none takes it for another", async () => {
  await onConnections(async (client, index) => {
    const order = [plus, times, minus, plus, times, minus].slice(index, index + 4);
    for (const text of order) expect(await ask(client, text, 5)).toBe({ [plus]: 7, [times]: 10, [minus]: 3 }[text]);
    expect(await preparedBy(client)).toEqual(order.slice(0, 3));
  });
});

test("a statement that fails is prepared again by the next who sends it", async () => {
  await onConnections(async (client) => {
    const later = "select text from later where text <> $1";
    await expect(client.query(later, ["b"])).rejects.toThrow("does not exist");
    await client.query("create temporary table later as select 'a' as text");
    expect((await client.query(later, ["b"])).rows).toEqual([{ text: "a" }]);
    expect(await preparedBy(client)).toEqual([later]);
  });
});

test("what is more than a connection may keep is answered and not prepared", async () => {
  const client = await database.pool.connect();
  for (let number = 0; number <= statementsMax; number++) {
    expect(await ask(client, `select $1::int + ${number} as value`, 1)).toBe(number + 1);
  }
  expect(await preparedBy(client)).toHaveLength(statementsMax);
  expect(await preparedBy(client)).not.toContain(`select $1::int + ${statementsMax} as value`);
  client.release();
});

test("a query of its own form is not prepared, and follows a table whose columns change", async () => {
  await database.pool.query("create table notes as select 1 as number");
  const client = await database.pool.connect();
  const all = { text: "select * from notes where number = $1", values: [1] };
  const named = () => client.query("select number from notes where number = $1", [1]);
  expect([(await client.query(all)).rows, (await named()).rows]).toEqual([[{ number: 1 }], [{ number: 1 }]]);
  await client.query("alter table notes add column text text");
  expect((await client.query(all)).rows).toEqual([{ number: 1, text: null }]);
  expect((await named()).rows).toEqual([{ number: 1 }]);
  expect(await preparedBy(client)).toEqual(["select number from notes where number = $1"]);
  client.release();
});

test("several statements in one text, without values, are sent as they are", async () => {
  const answers = await database.pool.query("select 1 as value; select 2 as value", []);
  expect(answers).toMatchObject([{ rows: [{ value: 1 }] }, { rows: [{ value: 2 }] }]);
});

/** Does the same on several connections at once. */
async function onConnections(work: (client: ClientBase, index: number) => Promise<void>): Promise<void> {
  const clients = await Promise.all(Array.from({ length: connections }, () => database.pool.connect()));
  try {
    await Promise.all(clients.map(work));
  } finally {
    for (const client of clients) client.release();
  }
}

async function ask(client: ClientBase, text: string, value: number): Promise<number | undefined> {
  return (await client.query<{ value: number }>(text, [value])).rows[0]?.value;
}

/** The statements that a connection has prepared, the first one first. */
async function preparedBy(client: ClientBase): Promise<string[]> {
  const sql = "select statement from pg_prepared_statements order by prepare_time";
  return (await client.query<{ statement: string }>(sql)).rows.map((row) => row.statement);
}
