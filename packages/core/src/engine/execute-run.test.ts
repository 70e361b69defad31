import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { rerun, rerunInput } from "../run/rerun.ts";
import { endOf, keepFile, runFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";

const people = definition({});
const header = "id,name,rate,hired\n";

describe("a run", () => {
  test("loads what it accepts and keeps what it rejects; the counts add up", async () => {
    const ctx = await openTestWaybill();
    const run = await runFile(ctx, people, { content: `${header}1,Ada,10.5,2020-01-31\n2,,x,2020-02-30\n3,Bo,,\n` });
    expect(run).toMatchObject({
      status: "completed_with_errors",
      counts: { read: 3, accepted: 2, inserted: 2, updated: 0, unchanged: 0, skipped: 0, rejected: 1 },
      issues: [
        { code: "not_a_date", field: "hired", count: 1 },
        { code: "not_a_decimal", field: "rate", count: 1 },
        { code: "required", field: "name", count: 1 },
      ],
      progress: 100,
      failure: null,
    });
    expect(run.phases.map((time) => time.phase)).toEqual(["queued", "opening", "checking", "loading", "finishing"]);
    expect(await rows(ctx, "select id, name, rate::text, hired::text from waybill_data.people order by id")).toEqual([
      { id: "1", name: "Ada", rate: "10.50", hired: "2020-01-31" },
      { id: "3", name: "Bo", rate: null, hired: null },
    ]);
  });

  test("of a header alone is Completed, with a note", async () => {
    const ctx = await openTestWaybill();
    const run = await runFile(ctx, people, { content: header });
    expect(run).toMatchObject({ status: "completed", counts: { read: 0 }, notes: [{ code: "no_records" }] });
  });

  test("tells columns that the definition does not name, and ignores them", async () => {
    const ctx = await openTestWaybill();
    const run = await runFile(ctx, people, { content: "id,name,rate,hired,shoe\n1,Ada,,,38\n" });
    expect(run).toMatchObject({
      status: "completed",
      notes: [{ code: "unknown_columns", message: expect.stringContaining('"shoe"') }],
    });
  });

  test.each([
    ["csv_column_missing", "id,name,rate\n1,Ada,\n"],
    ["csv_column_repeated", "id,name,rate,hired,Name\n1,Ada,,,\n"],
    ["csv_header_missing", "\n\n"],
  ])("fails with %s before anything is loaded", async (code, content) => {
    const ctx = await openTestWaybill();
    await runFile(ctx, people, { content: `${header}1,Ada,,\n` });
    const run = await runFile(ctx, people, { content });
    expect(run).toMatchObject({ status: "failed", failure: { code }, counts: { read: 0 } });
    expect(await rows(ctx, "select count(*)::int as n from waybill_data.people")).toEqual([{ n: 1 }]);
  });

  test("of the same bytes again changes nothing, and warns with the first run's name", async () => {
    const ctx = await openTestWaybill();
    const first = await runFile(ctx, people, { content: `${header}1,Ada,1,\n2,Bo,2,\n` });
    const second = await runFile(ctx, people, { content: `${header}1,Ada,1,\n2,Bo,2,\n` });
    expect(second).toMatchObject({
      status: "completed",
      counts: { accepted: 2, unchanged: 2, inserted: 0, updated: 0 },
    });
    expect(second.warnings).toEqual([{ code: "same_bytes", message: expect.stringContaining(first.name) }]);
  });

  test("updates what changed and nothing else", async () => {
    const ctx = await openTestWaybill();
    await runFile(ctx, people, { content: `${header}1,Ada,1,\n2,Bo,2,\n` });
    const run = await runFile(ctx, people, { content: `${header}1,Ada,1,\n2,Bo,3,\n4,Cy,,\n` });
    expect(run.counts).toMatchObject({ inserted: 1, updated: 1, unchanged: 1 });
  });

  test("with one key twice applies both, in order", async () => {
    const ctx = await openTestWaybill();
    const run = await runFile(ctx, people, { content: `${header}1,First,,\n1,Second,,\n` });
    expect(run.counts).toMatchObject({ inserted: 1, updated: 1 });
    expect(await rows(ctx, "select name from waybill_data.people")).toEqual([{ name: "Second" }]);
  });

  test("adds a column that a later definition names", async () => {
    const ctx = await openTestWaybill();
    await runFile(ctx, people, { content: `${header}1,Ada,,\n` });
    const wider = people.replace("type: date }", "type: date }, { name: shoe, type: integer }");
    const run = await runFile(ctx, wider, { content: `id,name,rate,hired,shoe\n1,Ada,,,38\n` });
    expect(run).toMatchObject({ version: 2, counts: { updated: 1 } });
  });
});

test("two integrations that run for the first time, and together, both load", async () => {
  const ctx = await openTestWaybill();
  const runs = ["people", "others"].map((key) =>
    runFile(ctx, people.replace("key: people", `key: ${key}`).replace("dataset: people", `dataset: ${key}`), {
      content: `${header}1,Ada,,\n`,
    }),
  );
  expect((await Promise.all(runs)).map((run) => run.status)).toEqual(["completed", "completed"]);
});

test("a value too long for an index costs that record and no other", async () => {
  const ctx = await openTestWaybill();
  const long = randomBytes(9_000).toString("base64");
  const unique = people.replace(
    "{ name: name, type: text, required: true }",
    "{ name: name, type: text, unique: true }",
  );
  const run = await runFile(ctx, unique, { content: `${header}1,Ada,,\n${long},Bo,,\n3,${long},,\n4,${long},,\n` });
  expect(run).toMatchObject({
    counts: { accepted: 2, rejected: 2 },
    issues: [
      { code: "not_unique", field: "name" },
      { code: "value_refused", field: null },
    ],
  });
});

describe("a test run", () => {
  test.each(["upsert", "insert", "replace"])(
    "has the summary of the real one and leaves nothing (%s)",
    async (mode) => {
      const ctx = await openTestWaybill();
      const yaml = definition({ mode });
      const content = `${header}1,Ada,1,\n2,,2,\n3,Cy,3,\n`;
      const tried = await runFile(ctx, yaml, { content }, { test: true });
      expect(await rows(ctx, "select to_regclass('waybill_data.people') as name")).toEqual([{ name: null }]);
      const real = await runFile(ctx, yaml, { content });
      expect({ ...tried.counts }).toEqual(real.counts);
      expect([tried.status, tried.issues]).toEqual([real.status, real.issues]);
      const again = await runFile(ctx, yaml, { content: `${header}9,New,,\n` }, { test: true });
      expect(again.counts.inserted).toBe(1);
      expect(await rows(ctx, "select array_agg(id order by id) as ids from waybill_data.people")).toEqual([
        { ids: ["1", "3"] },
      ]);
    },
  );
});

describe("modes", () => {
  test("insert turns away a key that is there already, in the table or earlier in the file", async () => {
    const ctx = await openTestWaybill();
    const yaml = definition({ mode: "insert" });
    await runFile(ctx, yaml, { content: `${header}1,Ada,,\n` });
    const run = await runFile(ctx, yaml, { content: `${header}1,Again,,\n2,Bo,,\n2,Twice,,\n` });
    expect(run).toMatchObject({
      counts: { inserted: 1, rejected: 2 },
      issues: [{ code: "duplicate_key", field: "id", count: 2 }],
    });
    expect(await rows(ctx, "select name from waybill_data.people order by id")).toEqual([
      { name: "Ada" },
      { name: "Bo" },
    ]);
  });

  test("replace leaves exactly the file", async () => {
    const ctx = await openTestWaybill();
    const yaml = definition({ mode: "replace" });
    await runFile(ctx, yaml, { content: `${header}1,Ada,,\n2,Bo,,\n` });
    const run = await runFile(ctx, yaml, { content: `${header}3,Cy,,\n` });
    expect(run.counts).toMatchObject({ inserted: 1 });
    expect(await rows(ctx, "select id from waybill_data.people")).toEqual([{ id: "3" }]);
  });

  test.each([
    ["a header alone", ""],
    ["rejected by a rule", "2,,,\n"],
    ["refused by the table", "no,Bo,,\n"],
  ])("a replace of which no record comes in (%s) keeps what was there, and says so", async (_, lines) => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(`create table public.staff
      (id text primary key check (id <> 'no'), name text, rate numeric, hired date);
      insert into public.staff values ('1', 'Ada')`);
    const yaml = definition({ destination: "{ table: public.staff, mode: replace }" });
    const run = await runFile(ctx, yaml, { content: header + lines });
    expect(run.notes.map((note) => note.code)).toContain("nothing_replaced");
    expect(await rows(ctx, "select id from public.staff")).toEqual([{ id: "1" }]);
  });

  test("a replace of records that another table refers to fails and says so", async () => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(`create table public.staff (id text primary key, name text, rate numeric, hired date);
      create table public.badges (staff text references public.staff);
      insert into public.staff values ('1', 'Ada'); insert into public.badges values ('1')`);
    const yaml = definition({ destination: "{ table: public.staff, mode: replace }" });
    const run = await runFile(ctx, yaml, { content: `${header}2,Bo,,\n` });
    expect(run.failure).toMatchObject({ code: "destination_unusable", message: expect.stringContaining("refers to") });
  });

  test("a replace that fails leaves what was there", async () => {
    const ctx = await openTestWaybill();
    await runFile(ctx, definition({ mode: "replace" }), { content: `${header}1,Ada,,\n` });
    const strict = definition({ mode: "replace", onError: "{ stopAfterRejected: 0 }" });
    const run = await runFile(ctx, strict, { content: `${header}2,Bo,,\n3,,,\n` });
    expect(run).toMatchObject({ status: "failed", failure: { code: "too_many_rejected" } });
    expect(await rows(ctx, "select id from waybill_data.people")).toEqual([{ id: "1" }]);
  });

  test("all-or-nothing keeps nothing when one record is rejected, and all when none is", async () => {
    const ctx = await openTestWaybill();
    const yaml = definition({ onError: "{ commit: all-or-nothing }" });
    const bad = await runFile(ctx, yaml, { content: `${header}1,Ada,,\n2,,,\n` });
    expect(bad).toMatchObject({ status: "failed", failure: { code: "nothing_kept" }, counts: { rejected: 1 } });
    expect(await rows(ctx, "select count(*)::int as n from waybill_data.people")).toEqual([{ n: 0 }]);
    const good = await runFile(ctx, yaml, { content: `${header}1,Ada,,\n2,Bo,,\n` });
    expect(good).toMatchObject({ status: "completed", counts: { inserted: 2 } });
  });

  test("the limit of rejected records is met by its number and broken by the next", async () => {
    const ctx = await openTestWaybill();
    const yaml = definition({ onError: "{ stopAfterRejected: 2 }" });
    const met = await runFile(ctx, yaml, { content: `${header}1,,,\n2,,,\n3,Cy,,\n` });
    expect(met.status).toBe("completed_with_errors");
    const broken = await runFile(ctx, yaml, { content: `${header}1,,,\n2,,,\n3,,,\n` });
    expect(broken).toMatchObject({ status: "failed", failure: { code: "too_many_rejected" } });
  });

  test("of the rejected records so many are kept as the limit allows, with the one that broke it", async () => {
    const ctx = await openTestWaybill();
    const yaml = definition({ onError: "{ stopAfterRejected: 2 }" });
    const run = await runFile(ctx, yaml, { content: `${header}1,Ada,,\n${"2,,,\n".repeat(100)}` });
    expect(run).toMatchObject({ status: "failed", counts: { read: 101, accepted: 1, rejected: 100 } });
    expect(run.failure?.message).toContain("The first 3 of them are kept");
    expect(await rows(ctx, "select record_number::int as n from waybill.rejected_records order by 1")).toEqual([
      { n: 2 },
      { n: 3 },
      { n: 4 },
    ]);
  });

  test.each([
    ["upsert", "{}", true],
    ["upsert", "{ stopAfterRejected: 0 }", true],
    ["upsert", "{ commit: all-or-nothing }", false],
    ["replace", "{ stopAfterRejected: 0 }", false],
    ["replace", "{}", true],
  ])("the summary says whether what was accepted is kept (%s, %s)", async (mode, onError, kept) => {
    const ctx = await openTestWaybill();
    const content = `${header}1,Ada,,\n2,,,\n`;
    const run = await runFile(ctx, definition({ mode, onError }), { content });
    expect(run).toMatchObject({ kept, counts: { read: 2, accepted: 1, inserted: 1, rejected: 1 } });
    const tried = await runFile(ctx, definition({ mode, onError }), { content }, { test: true });
    expect(tried).toMatchObject({ kept: false, counts: { read: 2, accepted: 1, rejected: 1 } });
  });
});

describe("a table of somebody else", () => {
  const yaml = definition({ destination: "{ table: public.staff, mode: upsert }" });

  test("is loaded as it stands; what it refuses is told for each record", async () => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(
      "create table public.staff (id text primary key, name text not null check (name <> 'Nobody'), rate numeric(6,2), hired date, kept text default 'x')",
    );
    const lines = Array.from(
      { length: 500 },
      (_, index) => `${index},${index === 333 ? "Nobody" : "Ada"},${index === 77 ? 99999 : 1},\n`,
    );
    const run = await runFile(ctx, yaml, { content: header + lines.join("") });
    expect(run.counts).toMatchObject({ inserted: 498, rejected: 2 });
    expect(run.issues.map((issue) => issue.code).sort()).toEqual(["constraint_violated", "value_refused"]);
  });

  test("that is missing, lacks a column or has no key fails the run", async () => {
    const ctx = await openTestWaybill();
    const content = `${header}1,Ada,,\n`;
    expect((await runFile(ctx, yaml, { content })).failure).toMatchObject({ code: "destination_unusable" });
    await ctx.database.pool.query("create table public.staff (id text, name text, rate numeric, hired date)");
    expect((await runFile(ctx, yaml, { content })).failure?.message).toContain("unique index");
    await ctx.database.pool.query("alter table public.staff add primary key (id), drop column rate");
    expect((await runFile(ctx, yaml, { content })).failure?.message).toContain("rate");
  });
});

describe("references and unique fields", () => {
  test("that the database decides are issues of their records", async () => {
    const ctx = await openTestWaybill();
    await runFile(ctx, people, { content: `${header}1,Ada,,\n2,Bo,,\n` });
    const punches = `waybill: 1
kind: integration
key: punches
name: Punches
direction: import
fields:
  - { name: punch, type: integer, required: true }
  - { name: person, type: text, required: true, references: { dataset: people, field: id } }
  - { name: badge, type: text, unique: true }
recordKey: [punch]
destination: { dataset: punches, mode: upsert }
`;
    const run = await runFile(ctx, punches, { content: "punch,person,badge\n1,1,a\n2,9,b\n3,2,a\n4,2,\n5,2,\n" });
    expect(run).toMatchObject({
      counts: { inserted: 3, rejected: 2 },
      issues: [
        { code: "not_unique", field: "badge", count: 1 },
        { code: "reference_missing", field: "person", count: 1 },
      ],
    });
  });
});

test("numbers that are equal are not unique, however they are written", async () => {
  const ctx = await openTestWaybill();
  const yaml = people.replace("type: decimal, scale: 2", "type: decimal, unique: true");
  const rates = ["1", "1.0", "01.00", "10", "1.01", "0", "-0.0", "0.10", "0.1"];
  const run = await runFile(ctx, yaml, { content: header + rates.map((rate, id) => `${id},Ada,${rate},\n`).join("") });
  expect(run).toMatchObject({ counts: { inserted: 5, rejected: 4 }, issues: [{ code: "not_unique", count: 4 }] });
});

test("a run again takes the same values and bytes, and names where it came from", async () => {
  const ctx = await openTestWaybill();
  const first = await runFile(ctx, people, { content: `${header}1,Ada,,\n` });
  const made = await rerun(ctx, rerunInput.parse({ run: first.name }));
  const second = await endOf(ctx, made.id);
  expect(second).toMatchObject({ status: "completed", trigger: "rerun", fromRun: { id: first.id }, warnings: [] });
  expect(second.files[0]?.id).toBe(first.files[0]?.id);
});

test("an attachment decides, and a faulty one fails the run with its key", async () => {
  const ctx = await openTestWaybill();
  const yaml = people
    .replace("fields:", "attachments: [ { key: names, columns: [name] } ]\nfields:")
    .replace("name: name, type: text", "name: name, type: text, references: { attachment: names, column: name }");
  const names = await keepFile(ctx, "names.csv", "name\nAda\n");
  const run = await runFile(ctx, yaml, { content: `${header}1,Ada,,\n2,Bo,,\n` }, { attachments: { names: names.id } });
  expect(run).toMatchObject({
    counts: { accepted: 1, rejected: 1 },
    issues: [{ code: "reference_unknown", field: "name" }],
  });
  const other = await keepFile(ctx, "names.csv", "label\nAda\n");
  const failed = await runFile(ctx, yaml, { content: `${header}1,Ada,1,\n` }, { attachments: { names: other.id } });
  expect(failed.failure).toMatchObject({ code: "attachment_invalid", message: expect.stringContaining('"names"') });
});

function definition({ mode = "upsert", onError = "{}", destination = "" }): string {
  return testDefinition({
    fields: `[
      { name: id, type: text, required: true },
      { name: name, type: text, required: true },
      { name: rate, type: decimal, scale: 2 },
      { name: hired, type: date } ]`,
    destination: destination || `{ dataset: people, mode: ${mode} }`,
    onError,
  });
}

async function rows(ctx: Context, sql: string): Promise<unknown[]> {
  return (await ctx.database.pool.query(sql)).rows;
}
