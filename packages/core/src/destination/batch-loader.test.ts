import { transaction } from "@waybill/db";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { executeRun } from "../engine/execute-run.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { getIntegration } from "../integration/read-integration.ts";
import { listRejected, listRejectedInput } from "../rejected/list-rejected.ts";
import { getRun } from "../run/read-run.ts";
import { startRun, startRunInput } from "../run/start-run.ts";
import { failRunUpdates, untilBackend } from "../testing/interrupt-runs.ts";
import { keepFile, runFile } from "../testing/run-file.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { prepareTable } from "./prepare-table.ts";

describe("keys that stand more than once", () => {
  test("are loaded in the order of the file, so that the last record counts", async () => {
    const ctx = await openTestWaybill();
    const yaml = definition({ destination: "{ dataset: people }" });
    await load(ctx, yaml, "1,first@x,old\n");
    const run = await load(ctx, yaml, "1,a@x,A\n2,b@x,B\n1,c@x,C\n1,c@x,C\n2,d@x,D\n");
    expect(run.counts).toMatchObject({ inserted: 1, updated: 3, unchanged: 1, rejected: 0 });
    expect(await rows(ctx, "waybill_data.people")).toEqual(["1,c@x,C", "2,d@x,D"]);
  });

  test("are the same key where only zeros tell them apart", async () => {
    const ctx = await openTestWaybill();
    const yaml = definition({ idType: "decimal", destination: "{ dataset: people }" });
    await load(ctx, yaml, "1,first@x,old\n");
    const run = await load(ctx, yaml, "1.0,a@x,A\n1.00,b@x,B\n1.000,c@x,C\n10,d@x,D\n");
    expect(run.counts).toMatchObject({ inserted: 1, updated: 3 });
    expect(await rows(ctx, "waybill_data.people")).toEqual(
      ["1.000,c@x,C", "10,d@x,D"].map((row) => row.replace("1.000", "1")),
    );
  });

  test("are those that the destination takes for equal", async () => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query("create table public.people (id char(5) primary key, email text, name text)");
    await load(ctx, definition({}), "1,first@x,old\n");
    const run = await load(ctx, definition({}), '1,a@x,A\n"1 ",b@x,B\n"1  ",first@x,old\n');
    expect(run.counts).toMatchObject({ inserted: 0, updated: 3 });
    expect(await rows(ctx, "public.people")).toEqual(["1    ,first@x,old"]);
  });

  test("make no later record wait: a value that is free again may be taken", async () => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query("create table public.people (id text primary key, email text unique, name text)");
    const run = await load(ctx, definition({}), "1,a@x,A\n1,b@x,A\n2,a@x,B\n");
    expect(run).toMatchObject({ status: "completed", counts: { inserted: 2, updated: 1 } });
  });

  test("are refused by an insert, in the table and in the file alike", async () => {
    const ctx = await openTestWaybill();
    const yaml = definition({ destination: "{ dataset: people, mode: insert }" });
    await load(ctx, yaml, "1,a@x,A\n");
    const run = await load(ctx, yaml, "1,b@x,B\n2,c@x,C\n2,d@x,D\n");
    expect(run).toMatchObject({ counts: { inserted: 1, rejected: 2 }, issues: [{ code: "duplicate_key", count: 2 }] });
  });
});

describe("what a table of somebody else does with records", () => {
  test.each(["upsert", "insert"])("is counted as it is: those that a trigger drops are told (%s)", async (mode) => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(`create table public.people (id text primary key, email text, name text);
      create function drop_some() returns trigger language plpgsql as
        $$ begin if new.name = 'drop' then return null; end if; return new; end $$;
      create trigger drop_some before insert or update on public.people for each row execute function drop_some()`);
    const run = await load(ctx, definition({ mode }), "1,a@x,A\n2,b@x,drop\n3,c@x,C\n");
    expect(run).toMatchObject({
      counts: { inserted: 2, unchanged: 0, rejected: 1 },
      issues: [{ code: "constraint_violated", field: null, count: 1 }],
    });
    expect(await rows(ctx, "public.people")).toEqual(["1,a@x,A", "3,c@x,C"]);
  });

  test.each(["P0001", "P0002", "UE001"])("is told in the words of the trigger that refuses with %s", async (state) => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(`create table public.people (id text primary key, email text, name text);
      create function refuse() returns trigger language plpgsql as
        $$ begin if new.name = 'no' then raise exception 'nobody is called no' using errcode = '${state}'; end if; return new; end $$;
      create trigger refuse before insert on public.people for each row execute function refuse()`);
    const run = await load(ctx, definition({}), "1,a@x,A\n2,b@x,no\n");
    expect(run).toMatchObject({ status: "completed_with_errors", issues: [{ code: "constraint_violated" }] });
  });

  test.each([false, true])(
    "is checked at each record, also where it would be checked at the end (test run: %s)",
    async (dry) => {
      const ctx = await openTestWaybill();
      await ctx.database.pool.query(`create table public.mails (email text primary key);
      insert into public.mails values ('a@x');
      create table public.people (id text primary key, name text,
        email text references public.mails deferrable initially deferred)`);
      const run = await load(ctx, definition({}), "1,a@x,A\n2,b@x,B\n", dry);
      expect(run).toMatchObject({ counts: { inserted: 1, rejected: 1 }, issues: [{ code: "reference_missing" }] });
    },
  );

  test.each([
    ["id text primary key, email text, name text generated always as ('x') stored", "generated"],
    ["id text primary key, email json, name text", "json"],
    ["id text, email text, name text, unique (id) deferrable", "unique index"],
  ])("fails the run with its reason where no record can be loaded: %s", async (columns, reason) => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(`create table public.people (${columns})`);
    const run = await load(ctx, definition({}), '1,"{}",A\n');
    expect(run.failure).toMatchObject({ code: "destination_unusable", message: expect.stringContaining(reason) });
  });

  test("is found by a unique index that holds more columns", async () => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(`create table public.people (id text not null, email text, name text);
      create unique index on public.people (id) include (email)`);
    expect((await load(ctx, definition({}), "1,a@x,A\n")).status).toBe("completed");
  });

  test("may be spread over partitions", async () => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(`create table public.people (id text primary key, email text, name text)
        partition by hash (id);
      create table public.people_0 partition of public.people for values with (modulus 2, remainder 0);
      create table public.people_1 partition of public.people for values with (modulus 2, remainder 1)`);
    await load(ctx, definition({}), "1,a@x,A\n2,b@x,B\n3,c@x,C\n");
    const run = await load(ctx, definition({}), "1,a@x,A\n2,b@x,other\n4,d@x,D\n");
    expect(run.counts).toMatchObject({ inserted: 1, updated: 1, unchanged: 1 });
  });
});

test("a table that the database user may not write is refused with what to do", async () => {
  const ctx = await openTestWaybill();
  await ctx.database.pool.query(`create table public.people (id text primary key, email text, name text);
    create function deny() returns trigger language plpgsql as $$ begin raise insufficient_privilege; end $$;
    create trigger deny before insert on public.people for each row execute function deny()`);
  expect((await load(ctx, definition({}), "1,a@x,A\n")).failure).toMatchObject({
    code: "destination_unusable",
    message: expect.stringContaining("Let the user of DATABASE_URL read and write this table."),
  });
});

test("a field of a dataset keeps its type, and the run says so in the words of definitions", async () => {
  const ctx = await openTestWaybill();
  await load(ctx, definition({ destination: "{ dataset: people }" }), "1,a@x,A\n");
  const changed = definition({ destination: "{ dataset: people }", idType: "integer" });
  expect((await load(ctx, changed, "1,a@x,A\n")).failure).toMatchObject({
    code: "destination_unusable",
    message: expect.stringMatching(/keeps id as text, and the definition now says integer\. Change the type back/),
  });
});

describe("a dataset's record key", () => {
  test("may become wider, and the narrower one no longer stands in the way", async () => {
    const ctx = await openTestWaybill();
    await load(ctx, definition({ destination: "{ dataset: people }" }), "1,a@x,A\n");
    const wider = definition({ destination: "{ dataset: people }", key: "[id, email]" });
    const run = await load(ctx, wider, "1,a@x,A\n1,b@x,B\n");
    expect(run.counts).toMatchObject({ inserted: 1, unchanged: 1, rejected: 0 });
  });

  test("stays that of another integration which loads the dataset too", async () => {
    const ctx = await openTestWaybill();
    const byEmail = definition({ destination: "{ dataset: people }", key: "[email]" }).replace(
      "key: any",
      "key: other",
    );
    await load(ctx, byEmail, "1,a@x,A\n");
    const run = await load(ctx, definition({ destination: "{ dataset: people }" }), "1,a@x,B\n2,a@x,C\n");
    expect(run).toMatchObject({
      counts: { updated: 1, rejected: 1 },
      issues: [{ code: "duplicate_key", field: "email" }],
    });
    const { items } = await listRejected(ctx, listRejectedInput.parse({ run: run.id }));
    expect(items[0]?.issues[0]).toMatchObject({
      value: "a@x",
      message: expect.stringContaining('email "a@x" is already'),
    });
  });
});

test("the record key of a run that is under way stays, though no definition of today has it", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const byId = definition({ destination: "{ dataset: people }" });
  const byEmail = definition({ destination: "{ dataset: people }", key: "[email]" });
  const begun = await start(ctx, byId);
  await failRunUpdates(ctx, "new.phase = 'loading'", { sqlState: "40P01" });
  await expect(executeRun(ctx, begun, never)).rejects.toThrow("made to fail");
  await applyIntegration(ctx, { yaml: byEmail });
  await executeRun(ctx, await start(ctx, byEmail.replace("key: any", "key: other")), never);
  const { rows: indexes } = await ctx.database.pool.query<{ indexdef: string }>(
    "select indexdef from pg_indexes where tablename = 'people'",
  );
  expect(indexes.map(({ indexdef }) => indexdef.replace(/.*USING /, "")).sort()).toEqual([
    "btree (email)",
    "btree (id)",
  ]);
});

test("a record key that another load takes away meanwhile is made again before the first record", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const byId = definition({ destination: "{ dataset: people }" });
  await executeRun(ctx, await start(ctx, byId), never);
  const queued = await start(ctx, byId);
  await applyIntegration(ctx, { yaml: definition({ destination: "{ dataset: people }", key: "[email]" }) });
  const byEmail = (await getIntegration(ctx, { key: "any" })).definition;
  let executing: Promise<void> | undefined;
  await transaction(ctx.database, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('load:"waybill_data"."people"', 0))`);
    await prepareTable(client, byEmail);
    executing = executeRun(ctx, queued, never);
    await untilBackend(ctx, "application_name like 'waybill %' and wait_event_type = 'Lock'");
  });
  await executing;
  expect(await getRun(ctx, { run: queued })).toMatchObject({ status: "completed", counts: { unchanged: 1 } });
});

test("a column that a table cannot hold a value in costs that record, wherever it stands", async () => {
  const ctx = await openTestWaybill();
  await ctx.database.pool.query("create table public.people (id varchar(3) primary key, email text, name text)");
  const lines = Array.from({ length: 100 }, (_, index) => `${index % 10 === 3 ? 1000 + index : index},a@x,A\n`);
  const run = await load(ctx, definition({}), lines.join(""));
  expect(run).toMatchObject({ counts: { inserted: 90, rejected: 10 }, issues: [{ code: "value_refused", count: 10 }] });
});

function definition({ destination = "", mode = "upsert", key = "[id]", idType = "text" }): string {
  return `waybill: 1
kind: integration
key: any
name: Any
direction: import
fields:
  - { name: id, type: ${idType}, required: true }
  - { name: email, type: text, required: true }
  - { name: name, type: text }
recordKey: ${key}
destination: ${destination || `{ table: public.people, mode: ${mode} }`}
`;
}

const never = new AbortController().signal;

async function start(ctx: Context, yaml: string): Promise<string> {
  const { key: integration } = await applyIntegration(ctx, { yaml });
  const { id: sourceFile } = await keepFile(ctx, "people.csv", "id,email,name\n1,a@x,A\n");
  return (await startRun(ctx, startRunInput.parse({ integration, sourceFile }))).id;
}

function load(ctx: Context, yaml: string, lines: string, dry = false) {
  return runFile(ctx, yaml, { content: `id,email,name\n${lines}` }, { test: dry });
}

async function rows(ctx: Context, table: string): Promise<string[]> {
  const { rows: found } = await ctx.database.pool.query<{ row: string }>(
    `select concat_ws(',', id, email, name) as row from ${table} order by 1`,
  );
  return found.map(({ row }) => row);
}
