import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { listIntegrations, listIntegrationsInput } from "../integration/list-integrations.ts";
import { limits } from "../limits.ts";
import { getRun } from "../run/read-run.ts";
import { recordsOf, rejectPeople } from "../testing/rejected-people.ts";
import { startFile } from "../testing/run-file.ts";
import { namedPeople } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { assignRecords, dismissRecords, dismissRecordsInput, reopenRecords } from "./change-records.ts";
import { countOpenRecords, countRecords, countRecordsInput } from "./count-records.ts";
import { editRecords } from "./edit-records.ts";
import { listRecords, listRecordsInput } from "./list-records.ts";
import { getRecord } from "./read-record.ts";
import type { RecordFilter } from "./record-filter.ts";

test("a record is dismissed for a reason and reopened, and its history says so", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { run, ids } = await rejected(ctx);
  const of = { records: [ids[0] ?? ""] };
  expect(await dismissRecords(ctx, { of, reason: "Left the company" })).toEqual({ changed: 1 });
  expect(await states(ctx, { run })).toEqual({ open: 1, resubmitting: 0, resolved: 0, dismissed: 1 });
  expect(await openInAll(ctx)).toBe(1);
  await expect(dismissRecords(ctx, { of: { records: ids }, reason: "x" })).rejects.toMatchObject({
    code: "record_not_open",
    details: { state: "dismissed" },
  });
  await expect(edit(ctx, ids[0], 1, { name: "Eve" })).rejects.toMatchObject({ code: "record_not_open" });
  expect(await reopenRecords(ctx, { of })).toEqual({ changed: 1 });
  await expect(reopenRecords(ctx, { of })).rejects.toMatchObject({ code: "record_not_dismissed" });
  expect(await openInAll(ctx)).toBe(2);
  const { history } = await getRecord(ctx, { record: ids[0] ?? "" });
  expect(history).toMatchObject([
    { action: "dismissed", by: "Local administrator", reason: "Left the company" },
    { action: "reopened", reason: null },
  ]);
  expect(() => dismissRecordsInput.parse({ of, reason: " " })).toThrow("Say why");
});

test("all open records of a filter are assigned, and found by whom", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { run, ids } = await rejected(ctx);
  expect(await assignRecords(ctx, { of: { filter: { run, code: "not_a_decimal" } }, to: "Anna" })).toEqual({
    changed: 1,
  });
  expect(await found(ctx, { assignee: "Anna" })).toEqual([ids[1]]);
  expect(await found(ctx, { assignee: "" })).toEqual([ids[0]]);
  expect((await recordsOf(ctx, run)).map((record) => record.revision)).toEqual([0, 0]);
  await expect(assignRecords(ctx, { of: { filter: { code: "too_long" } }, to: "Anna" })).rejects.toMatchObject({
    code: "records_none",
  });
});

test("of two edits of one record at once, one is kept and the other is told", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { run, ids } = await rejected(ctx);
  const tried = await Promise.allSettled(["1", "2", "3"].map((wage) => edit(ctx, ids[1], 0, { wage })));
  const won = tried.findIndex((one) => one.status === "fulfilled");
  for (const [index, one] of tried.entries()) {
    if (index !== won && one.status === "rejected") expect(one.reason).toMatchObject({ code: "record_changed" });
    else expect(index).toBe(won);
  }
  expect((await recordsOf(ctx, run))[1]).toMatchObject({ revision: 1, values: ["P3", "Bob", String(won + 1), "B"] });
});

test.each([
  ["a column that is not there", { salary: "1" }, 'no column "salary"'],
  ["a NUL", { name: "a\0" }, "NUL"],
  ["more than a record may have", { name: "x".repeat(limits.csvRecordCharactersMax) }, "Shorten it"],
])("an edit with %s is refused, and so are the others of the request", async (_, values, message) => {
  const ctx = await openTestWaybill({ worker: false });
  const { run, ids } = await rejected(ctx);
  const edits = [
    { record: ids[0] ?? "", revision: 0, values: { name: "Eve" } as Record<string, string> },
    { record: ids[1] ?? "", revision: 0, values: values as Record<string, string> },
  ];
  await expect(editRecords(ctx, { edits })).rejects.toMatchObject({
    code: "edit_invalid",
    message: expect.stringContaining(message),
  });
  expect((await recordsOf(ctx, run)).map((record) => record.revision)).toEqual([0, 0]);
});

test("an edit may make a record as long as one may be", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { ids } = await rejected(ctx);
  const others = "P2-1C".length + 4 * 3;
  const [item] = (await edit(ctx, ids[0], 0, { name: "x".repeat(limits.csvRecordCharactersMax - others) })).items;
  expect(item?.issues.map((issue) => issue.code)).toContain("too_long");
});

test("a NUL stays wrong until its field is edited, and what laying out a row has cost is told", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const {
    run: { id: run },
    records,
  } = await rejectPeople(ctx, { content: "id,name,wage,team\nP1,A\0nn,1,C\nP2,B,C,1,A\n" });
  const [nul, wide] = records;
  const [still] = (await edit(ctx, nul?.id, 0, { team: "A" })).items;
  expect(still?.issues.map((issue) => issue.code)).toEqual(["nul_character"]);
  expect((await edit(ctx, nul?.id, 1, { name: "Ann" })).items[0]?.issues).toEqual([]);
  expect(wide?.laidOut).toEqual({ row: ["P2", "B", "C", "1"], beyond: ["A"] });
  await edit(ctx, wide?.id, 0, { wage: "1" });
  expect((await recordsOf(ctx, run))[1]?.values).toEqual(["P2", "B", "1", "1"]);
  const { history } = await getRecord(ctx, { record: wide?.id ?? "" });
  const [from, to] = ['["P2","B","C","1","A"]', '["P2","B","1","1"]'];
  expect(history).toMatchObject([{ action: "edited", column: null, from, to }]);
});

test("a row is taken as it is laid out by an edit that names no column, which is for no other row", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { records } = await rejectPeople(ctx, { content: 'id,name,wage,team\nP1,B"b,1,A\nP2,Bob,x,A\n' });
  const [quoted, other] = records;
  expect((await edit(ctx, quoted?.id, 0, {})).items).toMatchObject([
    { values: ["P1", 'B"b', "1", "A"], original: ['P1,B"b,1,A'], laidOut: null, issues: [], revision: 1 },
  ]);
  const refused = { code: "edit_invalid", message: expect.stringContaining("names no column") };
  await expect(edit(ctx, other?.id, 0, {})).rejects.toMatchObject(refused);
});

test("records of a run that is not over, and records that have gone, are left alone", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { run, ids } = await rejected(ctx);
  await ctx.database.pool.query("update waybill.runs set status = 'in_progress', phase = 'loading'");
  const refused = { code: "run_not_final" };
  await expect(edit(ctx, ids[0], 0, { name: "Eve" })).rejects.toMatchObject(refused);
  await expect(dismissRecords(ctx, { of: { records: ids }, reason: "x" })).rejects.toMatchObject(refused);
  await expect(dismissRecords(ctx, { of: { filter: { run } }, reason: "x" })).rejects.toMatchObject({
    code: "records_none",
  });
  await ctx.database.pool.query("delete from waybill.rejected_records");
  for (const gone of [
    () => edit(ctx, ids[0], 0, { name: "Eve" }),
    () => dismissRecords(ctx, { of: { records: ids }, reason: "x" }),
    () => getRecord(ctx, { record: ids[0] ?? "" }),
  ]) {
    await expect(gone()).rejects.toMatchObject({ code: "record_unknown" });
  }
});

test("records are found across runs by all that is asked for, the newest run first, page by page and by place", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { ids } = await rejected(ctx);
  ctx.clock.set("2026-11-25T08:00:00.000Z");
  const { ids: newer, run } = await rejected(ctx);
  expect(await found(ctx, {})).toEqual([...newer, ...ids]);
  expect(await found(ctx, { until: "2026-11-25T00:00:00Z" })).toEqual(ids);
  expect(await found(ctx, { since: "2026-11-25T00:00:00Z", field: "team" })).toEqual([newer[0]]);
  expect(await found(ctx, { search: "BOB", run })).toEqual([newer[1]]);
  expect(await found(ctx, { search: "%" })).toEqual([]);
  expect(await found(ctx, { integration: "people", code: "not_a_decimal" })).toEqual([newer[1], ids[1]]);
  await expect(found(ctx, { integration: "others" })).rejects.toMatchObject({ code: "integration_unknown" });
  await edit(ctx, ids[1], 0, { wage: "1" });
  expect(await found(ctx, { ready: true })).toEqual([ids[1]]);
  const all: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listRecords>> = await list(ctx, { limit: 1, cursor });
    all.push(...page.items.map((item) => item.id));
    cursor = page.next;
  } while (cursor !== null);
  expect(all).toEqual([...newer, ...ids]);
  const third = await list(ctx, { limit: 1, offset: 2 });
  expect(third.items[0]?.id).toBe(ids[0]);
  expect(Object.values(third.columns)).toEqual([["id", "name", "wage", "team"]]);
  const counts = await countRecords(ctx, countRecordsInput.parse({}));
  expect(counts).toMatchObject({ total: 4, ready: 1, states: { open: 4 } });
  expect(counts.groups[0]).toMatchObject({ code: "below_min", field: "wage", count: 2, example: { value: "-1" } });
});

test("what a test run turned away is seen where that run is asked for, and nowhere else", async () => {
  const ctx = await openTestWaybill();
  const run = await startFile(ctx, namedPeople, { content: "id,name\n1,\n" }, { test: true });
  while ((await getRun(ctx, { run })).status === "in_progress");
  expect(await openInAll(ctx)).toBe(0);
  expect(await found(ctx, {})).toEqual([]);
  expect(await recordsOf(ctx, run)).toHaveLength(1);
});

async function rejected(ctx: Context): Promise<{ run: string; ids: string[] }> {
  const { run, records } = await rejectPeople(ctx);
  return { run: run.id, ids: records.map((record) => record.id) };
}

async function edit(ctx: Context, record = "", revision: number, values: Record<string, string>) {
  return await editRecords(ctx, { edits: [{ record, revision, values }] });
}

async function list(ctx: Context, input: object) {
  return await listRecords(ctx, listRecordsInput.parse(input));
}

async function found(ctx: Context, filter: RecordFilter): Promise<string[]> {
  const ofOpen = { state: ["open" as const], ...filter };
  const [open, all] = [await list(ctx, { filter: ofOpen }), await list(ctx, { filter })];
  expect(open.items).toEqual(all.items);
  return all.items.map((item) => item.id);
}

async function states(ctx: Context, filter: RecordFilter) {
  return (await countRecords(ctx, countRecordsInput.parse({ filter }))).states;
}

async function openInAll(ctx: Context): Promise<number> {
  const { open } = await countOpenRecords(ctx);
  const { items } = await listIntegrations(ctx, listIntegrationsInput.parse({}));
  expect(items.map((item) => item.openRecords)).toEqual([open]);
  return open;
}
