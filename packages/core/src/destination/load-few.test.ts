import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import type { RunSummary } from "../run/run-summary.ts";
import { runFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";

/** As many records as are sent with their statement, and one more, which are staged. */
const few = 63;
const more = few + 1;

const typed = `create type public.mood as enum ('calm', 'cross'); create domain public.document as jsonb;
  create domain public.percent as int check (value between 0 and 100);
  create type public.place as (street text, number int);`;

test.each([
  ["text", ["plain", "\\N", "a\\tb", 'say ""hi""', "two\nlines", "Zoë 🎉", " padded "]],
  ["varchar(3)", ["abc", "abcd", "ab "]],
  ["char(5)", ["a", "abcdef"]],
  ["numeric(6, 2)", ["1.005", "-7", "12345.6", "NaN"]],
  ["timestamptz", ["2026-11-25T03:00:00+02:00", "yesterday's"]],
  ["text[]", ['{a,""b, c"",NULL}', "a"]],
  ["json", ['{""a"": 1}', '""text""', "12", "{"]],
  ["jsonb", ['{""a"": 1}', '""text""', "null"]],
  ["public.document", ['{""a"": [1, 2]}', '""text""', "{"]],
  ["jsonb[]", ['{""1"",""2""}']],
  ["public.mood", ["calm", "sad"]],
  ["public.percent", ["100", "101"]],
  ["public.place", ['(""Long Lane"",7)', "(Lane)"]],
  ["bytea", ["\\x00ff", "text\\\\"]],
  ["int4range", ["[1,5)", "[5,1)"]],
])("the database reads %s alike whether a batch is small or large", async (type, values) => {
  const ctx = await openTestWaybill();
  await ctx.database.pool.query(typed);
  const lines = Array.from({ length: few }, (_, id) => `${id},"${values[id % values.length]}"`);
  const [small, large] = [await loadInto("few", lines), await loadInto("more", [...lines, `${few},`])];
  expect(small.counts.inserted).toBeGreaterThan(0);
  expect(large.counts).toMatchObject({ inserted: small.counts.inserted + 1, rejected: small.counts.rejected });
  expect(large.issues).toEqual(small.issues);
  const { rows } = await ctx.database.pool.query(
    `select few.value::text as few, more.value::text as more
     from public.few full join (select * from public.more where id < ${few}) more using (id)
     where few.value::text is distinct from more.value::text`,
  );
  expect(rows).toEqual([]);

  async function loadInto(table: string, records: string[]): Promise<RunSummary> {
    await ctx.database.pool.query(`create table public.${table} (id int primary key, value ${type})`);
    return await load(ctx, `{ table: public.${table}, mode: insert }`, records);
  }
});

test.each([few, more])("%i records of a dataset come in once, and again as unchanged", async (records) => {
  const ctx = await openTestWaybill();
  const lines = Array.from({ length: records }, (_, id) => `${id},name`);
  const runs = [await load(ctx, "{ dataset: items }", lines), await load(ctx, "{ dataset: items }", lines)];
  expect(runs.map((run) => run.counts)).toMatchObject([
    { inserted: records, unchanged: 0 },
    { inserted: 0, unchanged: records },
  ]);
});

test("a value that no upsert can compare fails the run with its reason, also where another value is refused", async () => {
  const ctx = await openTestWaybill();
  await ctx.database.pool.query("create table public.items (id int primary key, value json)");
  const run = await load(ctx, "{ table: public.items }", ["1,{", '2,"{}"']);
  expect(run).toMatchObject({ status: "failed", failure: { code: "destination_unusable" } });
});

function load(ctx: Context, destination: string, lines: string[]): Promise<RunSummary> {
  const yaml = testDefinition({
    key: "items",
    name: "Items",
    fields: "[{ name: id, type: integer, required: true }, { name: value, type: text }]",
    recordKey: "[id]",
    destination,
  });
  return runFile(ctx, yaml, { content: `id,value\n${lines.join("\n")}\n` });
}
