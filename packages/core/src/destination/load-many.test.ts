import { describe, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
import { listRejected, listRejectedInput } from "../rejected/list-rejected.ts";
import { runFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";

const batch = limits.batchRecords;

describe("batches of new records", () => {
  test("are loaded like any other when a later one holds keys that are there", async () => {
    const ctx = await openTestWaybill();
    const lines = [...numbers(0, batch * 2), ...numbers(batch - 5, batch * 3)].map((id) => `${id},first`);
    lines.push(`${batch * 3 - 1},second`, `${batch * 3 - 1},third`, `${batch * 3},new`);
    const run = await load(ctx, "{ dataset: items }", lines);
    expect(run.counts).toMatchObject({ inserted: batch * 3 + 1, updated: 2, unchanged: batch + 5, rejected: 0 });
    expect(await count(ctx, "waybill_data.items")).toBe(batch * 3 + 1);
    expect(await find(ctx, "waybill_data.items", batch * 3 - 1)).toBe("third");
  });

  test("keep the good ones where a later batch holds one that is refused", async () => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query("create table public.items (id int primary key, name text check (name <> 'bad'))");
    const lines = numbers(0, batch * 3).map((id) => `${id},${id === batch + 7 ? "bad" : "good"}`);
    const run = await load(ctx, "{ table: public.items }", lines);
    expect(run).toMatchObject({ counts: { inserted: batch * 3 - 1, rejected: 1 } });
    const { items } = await listRejected(ctx, listRejectedInput.parse({ run: run.id }));
    expect(items).toMatchObject([{ recordNumber: batch + 8, line: batch + 9, values: [String(batch + 7), "bad"] }]);
  });

  test("go through the rules of a table that has any", async () => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(`create table public.items (id int, name text); create table public.log (id int);
      create rule note as on insert to public.items do also insert into public.log values (new.id)`);
    await load(ctx, "{ table: public.items, mode: insert }", ["1,a", "2,b"], "[]");
    expect(await count(ctx, "public.log")).toBe(2);
  });
});

describe("a batch of which many records are refused", () => {
  test("names each, keeps the others, and does not cut what is too long", async () => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(`create table public.kinds (name varchar(4) primary key);
      insert into public.kinds values ('good');
      create table public.items (id int primary key, name varchar(4) references public.kinds)`);
    const names = ["good", "none", "longer"];
    const lines = numbers(0, 6_000).map((id) => `${id},${names[id % 3]}`);
    const run = await load(ctx, "{ table: public.items }", lines);
    expect(run).toMatchObject({ counts: { inserted: 2_000, rejected: 4_000 } });
    expect(run.issues).toEqual(
      expect.arrayContaining([
        { code: "reference_missing", field: null, count: 2_000 },
        { code: "value_refused", field: "name", count: 2_000 },
      ]),
    );
    expect(await count(ctx, "public.items")).toBe(2_000);
  });

  test("inserts what is new and says which keys are taken", async () => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query("create table public.items (id int primary key, name text check (name <> 'bad'))");
    await ctx.database.pool.query("insert into public.items select n, 'old' from generate_series(0, 98, 2) n");
    const lines = numbers(0, 100).map((id) => `${id},${id % 5 === 1 ? "bad" : "new"}`);
    const run = await load(ctx, "{ table: public.items, mode: insert }", lines);
    expect(run).toMatchObject({ counts: { inserted: 40, rejected: 60 } });
    expect(run.issues).toEqual(
      expect.arrayContaining([
        { code: "duplicate_key", field: "id", count: 50 },
        { code: "constraint_violated", field: null, count: 10 },
      ]),
    );
  });
});

describe("keys that stand again and again", () => {
  test("count as they stand one after another, and cost no more than other keys", async () => {
    const ctx = await openTestWaybill();
    const run = await load(
      ctx,
      "{ dataset: items }",
      numbers(0, batch).map((number) => `${number % 3},${number}`),
    );
    expect(run.counts).toMatchObject({ read: batch, inserted: 3, updated: batch - 3, unchanged: 0 });
    expect(await Promise.all([0, 1, 2].map((id) => find(ctx, "waybill_data.items", id)))).toEqual([
      String(batch - 1),
      String(batch - 3),
      String(batch - 2),
    ]);
  });

  test("do so whether the table sees each of them or the last one alone", async () => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(`create table public.watched (id int primary key, name text check (name <> 'never'));
      create table public.bare (id int primary key, name text);
      insert into public.watched values (0, '0'), (1, 'old'); insert into public.bare values (0, '0'), (1, 'old')`);
    const lines = numbers(0, 600).map((number) => `${(number * 7) % 5},${Math.floor(number / 8) % 3}`);
    const [watched, bare] = [
      await load(ctx, "{ table: public.watched }", lines),
      await load(ctx, "{ table: public.bare }", lines),
    ];
    expect(bare.counts).toEqual(watched.counts);
    expect(bare.counts).toMatchObject({ inserted: 3, rejected: 0 });
    for (const id of numbers(0, 5))
      expect(await find(ctx, "public.bare", id)).toBe(await find(ctx, "public.watched", id));
  });

  test.each([2, 200])("change nothing where %i lines are as the table has them", async (records) => {
    const ctx = await openTestWaybill();
    await load(ctx, "{ dataset: items }", ["1,as it was"]);
    const same = Array.from({ length: records }, () => "1,as it was");
    const upsert = await load(ctx, "{ dataset: items }", same);
    expect(upsert.counts).toMatchObject({ inserted: 0, updated: 0, unchanged: records });
    const insert = await load(ctx, "{ dataset: items, mode: insert }", same);
    expect(insert.counts).toMatchObject({ inserted: 0, rejected: records });
  });

  test.each([2, 200])(
    "are there again at the end where %i lines change a record and change it back",
    async (records) => {
      const ctx = await openTestWaybill();
      await load(ctx, "{ dataset: items }", ["1,as it was"]);
      const lines = numbers(0, records).map((number) => (number % 2 === 0 ? "1,changed" : "1,as it was"));
      const run = await load(ctx, "{ dataset: items }", lines);
      expect(run.counts).toMatchObject({ inserted: 0, updated: records, unchanged: 0 });
      expect(await find(ctx, "waybill_data.items", 1)).toBe("as it was");
    },
  );

  test.each([
    ["create table public.items (id int primary key, name text check (name <> '7'))", "constraint_violated"],
    [
      "create table public.items (id int primary key, name text unique); insert into public.items values (9, '7')",
      "duplicate_key",
    ],
    ["create table public.items (id int primary key, name varchar(2) not null)", "value_refused"],
  ])("are refused where the table refuses one of them: %s", async (table, code) => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(table);
    const lines = numbers(0, 80).map((number) => `1,${code === "value_refused" && number === 7 ? "long" : number}`);
    const run = await load(ctx, "{ table: public.items }", lines);
    expect(run).toMatchObject({ counts: { inserted: 1, updated: 78, rejected: 1 }, issues: [{ code, count: 1 }] });
    expect(await find(ctx, "public.items", 1)).toBe("79");
  });
});

test.each([
  ["of two columns", "id int, name text, primary key (id, name)", "[id, name]", (id: number) => `${id % 50},n${id}`],
  ["of arrays", "id int, name text[] primary key", "[name]", (id: number) => `1,"{n${id}}"`],
])("a key %s finds its records again", async (_what, columns, key, line) => {
  const ctx = await openTestWaybill();
  await ctx.database.pool.query(`create table public.items (${columns})`);
  const destination = "{ table: public.items }";
  await load(ctx, destination, numbers(0, 100).map(line), key);
  for (const [from, to] of [
    [50, 150],
    [145, 155],
  ] as const) {
    const run = await load(ctx, destination, numbers(from, to).map(line), key);
    expect(run.counts).toMatchObject({ inserted: to === 150 ? 50 : 5, updated: 0, rejected: 0 });
  }
  expect(await count(ctx, "public.items")).toBe(155);
});

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function load(ctx: Context, destination: string, lines: string[], recordKey = "[id]") {
  const yaml = testDefinition({
    key: "items",
    name: "Items",
    fields: `[{ name: id, type: integer, required: true }, { name: name, type: text, required: ${recordKey.includes("name")} }]`,
    recordKey,
    destination,
  });
  return runFile(ctx, yaml, { content: `id,name\n${lines.join("\n")}\n` });
}

async function count(ctx: Context, table: string): Promise<number> {
  const { rows } = await ctx.database.pool.query<{ count: number }>(`select count(*)::int as count from ${table}`);
  return rows[0]?.count ?? -1;
}

async function find(ctx: Context, table: string, id: number): Promise<string | undefined> {
  const { rows } = await ctx.database.pool.query<{ name: string }>(`select name from ${table} where id = $1`, [id]);
  return rows[0]?.name;
}
