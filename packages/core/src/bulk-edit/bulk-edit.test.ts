import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
import { dismissRecords, reopenRecords } from "../rejected/change-records.ts";
import { editRecords } from "../rejected/edit-records.ts";
import type { RecordFilter } from "../rejected/record-filter.ts";
import { startGate } from "../testing/gate.ts";
import { untilBackend } from "../testing/interrupt-runs.ts";
import { codesOf, recordsOf, rejectPeople } from "../testing/rejected-people.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { bulkChange } from "./bulk-change.ts";
import type { BulkEdit } from "./bulk-edit.ts";
import { previewBulkEdit } from "./preview-bulk-edit.ts";
import { getBulkEdit } from "./read-bulk-edit.ts";
import { startBulkEdit } from "./start-bulk-edit.ts";
import { stopBulkEdit } from "./stop-bulk-edit.ts";
import { undoBulkEdit } from "./undo-bulk-edit.ts";
import { workOff } from "./work-off.ts";

const wages = { kind: "replace", column: "wage", find: "EUR ", with: "" };

test("a change is tried, made to all that fit, and taken back as one", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { run, records } = await rejectPeople(ctx, { content: paidInEuro(3) });
  const filter = { run: run.id, code: "not_a_decimal" as const };
  const preview = await previewBulkEdit(ctx, { filter, change: bulkChange.parse(wages) });
  expect(preview).toMatchObject({ matched: 3, lookedAt: 3, changed: 3, healed: 3 });
  expect(preview.examples[0]).toMatchObject({
    record: records[0]?.id,
    before: "EUR 1",
    after: "1",
    issuesBefore: [{ code: "not_a_decimal" }],
    issuesAfter: [],
  });
  expect((await recordsOf(ctx, run.id)).map((record) => record.revision)).toEqual([0, 0, 0]);

  const edit = await change(ctx, filter, wages);
  expect(edit).toMatchObject({ status: "completed", counts: { matched: 3, lookedAt: 3, changed: 3, healed: 3 } });
  const changed = await recordsOf(ctx, run.id);
  expect(changed.map((record) => [record.values[2], codesOf(record)])).toEqual([
    ["1", []],
    ["2", []],
    ["3", []],
  ]);

  // What somebody has changed since stays.
  await editRecords(ctx, { edits: [{ record: changed[1]?.id ?? "", revision: 1, values: { wage: "22" } }] });
  const undone = await undoBulkEdit(ctx, { bulkEdit: edit.id });
  await workOffAll(ctx);
  expect(await getBulkEdit(ctx, { bulkEdit: undone.id })).toMatchObject({
    kind: "undo",
    status: "completed",
    counts: { changed: 2 },
  });
  expect((await recordsOf(ctx, run.id)).map((record) => [record.values[2], record.original, codesOf(record)])).toEqual([
    ["EUR 1", null, ["wage:not_a_decimal"]],
    ["22", ["P1", "Ann", "EUR 2", "A"], []],
    ["EUR 3", null, ["wage:not_a_decimal"]],
  ]);
  await expect(undoBulkEdit(ctx, { bulkEdit: edit.id })).rejects.toMatchObject({ code: "bulk_edit_not_undoable" });
});

test("what records keep that are not open can be taken back once they are", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { run, records } = await rejectPeople(ctx, { content: paidInEuro(2) });
  const edit = await change(ctx, { run: run.id }, wages);
  const first = { records: [records[0]?.id ?? ""] };
  await dismissRecords(ctx, { of: first, reason: "Left" });
  const once = await undoBulkEdit(ctx, { bulkEdit: edit.id });
  await workOffAll(ctx);
  expect((await getBulkEdit(ctx, { bulkEdit: once.id })).counts).toMatchObject({ lookedAt: 2, changed: 1 });
  await reopenRecords(ctx, { of: first });
  await undoBulkEdit(ctx, { bulkEdit: edit.id });
  await workOffAll(ctx);
  expect((await recordsOf(ctx, run.id)).map((record) => record.values[2])).toEqual(["EUR 1", "EUR 2"]);
  await expect(undoBulkEdit(ctx, { bulkEdit: edit.id })).rejects.toMatchObject({ code: "bulk_edit_not_undoable" });
});

test.each([
  [{ kind: "set", column: "wage", value: "7" }, "7"],
  [{ kind: "replace", column: "wage", find: "EUR (\\d+)", with: "$1.50", pattern: true }, "1.50"],
  [{ kind: "replace", column: "wage", find: ".*", with: "$$7", pattern: true }, "$7"],
  [{ kind: "transform", column: "wage", transform: "digits_only" }, "1"],
  [{ kind: "map", column: "wage", values: { "EUR 1": "9", "EUR 2": "8" } }, "9"],
])("%j", async (given, expected) => {
  const ctx = await openTestWaybill({ worker: false });
  const { run } = await rejectPeople(ctx, { content: paidInEuro(1) });
  await change(ctx, { run: run.id }, given);
  expect((await recordsOf(ctx, run.id))[0]?.values[2]).toBe(expected);
});

test("a pattern that would take for ever elsewhere takes no time, and one that cannot be used is refused", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { run } = await rejectPeople(ctx, { content: `id,name,wage,team\nP1,Ann,${"a".repeat(30_000)}!,A\n` });
  const evil = { kind: "replace", column: "wage", find: "(a+)+$", with: "1", pattern: true };
  const preview = await previewBulkEdit(ctx, { filter: { run: run.id }, change: bulkChange.parse(evil) });
  expect(preview).toMatchObject({ lookedAt: 1, changed: 0 });
  for (const find of ["(?=a)", "(a", "(a)\\1"]) {
    await expect(change(ctx, { run: run.id }, { ...evil, find })).rejects.toMatchObject({ code: "pattern_invalid" });
  }
  await expect(change(ctx, { run: run.id }, { ...evil, with: "$1 $2" })).rejects.toMatchObject({
    code: "pattern_invalid",
    message: expect.stringContaining("it has no group $2"),
  });
});

test("what nothing fits, and a column that is not there, are refused before anything is changed", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { run } = await rejectPeople(ctx, { content: paidInEuro(1) });
  await expect(change(ctx, { run: run.id, code: "too_long" }, wages)).rejects.toMatchObject({ code: "records_none" });
  await expect(change(ctx, { run: run.id }, { ...wages, column: "salary" })).rejects.toMatchObject({
    code: "edit_invalid",
    message: 'The records have no column "salary". They have "id", "name", "wage", "team".',
  });
});

test("a row that does not fit its header, and one that would become too long, are left to people", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const content = `id,name,wage,team\nP1,Smith, John,1,A\nP2,${"a".repeat(60_000)},1,A\nP3,Bob,x,A\n`;
  const { run, records } = await rejectPeople(ctx, { content });
  expect(await change(ctx, { run: run.id }, { kind: "set", column: "team", value: "B" })).toMatchObject({
    counts: { lookedAt: 3, changed: 2, healed: 0 },
  });
  const grow = { kind: "replace", column: "name", find: "a", with: "b".repeat(10_000) };
  expect(await change(ctx, { run: run.id }, grow)).toMatchObject({ status: "completed", counts: { changed: 0 } });
  const pattern = { ...grow, find: "[a]", pattern: true };
  expect(await change(ctx, { run: run.id }, pattern)).toMatchObject({ status: "completed", counts: { changed: 0 } });
  expect((await recordsOf(ctx, run.id))[0]).toEqual(records[0]);
});

test("what somebody else has just changed is looked at as it then is", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { run, records } = await rejectPeople(ctx, { content: "id,name,wage,team\nP1,Ann,1,C\n" });
  const edit = await startBulkEdit(ctx, {
    filter: { run: run.id, code: "reference_unknown" },
    change: bulkChange.parse({ kind: "set", column: "team", value: "B" }),
  });
  const gate = await startGate(ctx, "waybill.record_changes", "insert", "new.bulk_edit_id is null");
  const edited = editRecords(ctx, { edits: [{ record: records[0]?.id ?? "", revision: 0, values: { team: "A" } }] });
  await gate.reached();
  const working = workOff(ctx);
  await untilBackend(ctx, "wait_event_type = 'Lock' and wait_event in ('transactionid', 'tuple')");
  await gate.open();
  await Promise.all([edited, working]);
  expect((await recordsOf(ctx, run.id))[0]).toMatchObject({ values: ["P1", "Ann", "1", "A"], revision: 1 });
  expect((await getBulkEdit(ctx, { bulkEdit: edit.id })).counts.changed).toBe(0);
});

test("goes on where it was when its worker dies, changes each record once, and stops when it is told to", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const count = limits.bulkEditStepRecords * 2 + 1;
  const { run } = await rejectPeople(ctx, { content: paidInEuro(count) });
  const change = bulkChange.parse({ kind: "replace", column: "wage", find: "EUR", with: "EUR EUR" });
  const edit = await startBulkEdit(ctx, { filter: { run: run.id }, change });
  await workOff(ctx);
  expect((await getBulkEdit(ctx, { bulkEdit: edit.id })).counts.changed).toBe(limits.bulkEditStepRecords);
  await dieInNextPart(ctx);
  await workOffAll(ctx);
  expect(await getBulkEdit(ctx, { bulkEdit: edit.id })).toMatchObject({
    status: "completed",
    counts: { changed: count },
  });
  const { rows } = await ctx.database.pool.query(
    `select count(*) filter (where corrected ->> 2 like 'EUR EUR %' and corrected ->> 2 not like 'EUR EUR EUR%')::int as once,
       (select count(*)::int from waybill.record_changes) as changes from waybill.rejected_records`,
  );
  expect(rows).toEqual([{ once: count, changes: count }]);

  const again = await startBulkEdit(ctx, { filter: { run: run.id }, change });
  await workOff(ctx);
  expect(await stopBulkEdit(ctx, { bulkEdit: again.id })).toMatchObject({
    status: "stopped",
    counts: { changed: limits.bulkEditStepRecords },
  });
  expect(await workOff(ctx)).toBe(false);
  await expect(stopBulkEdit(ctx, { bulkEdit: again.id })).rejects.toMatchObject({ code: "bulk_edit_over" });
});

/** Cuts the connection of the next part after its edits are written, before it is committed. */
async function dieInNextPart(ctx: Context): Promise<void> {
  await ctx.database.pool.query(
    `create function public.die() returns trigger language plpgsql as $$
       begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
     create trigger die before update on waybill.bulk_edits for each row execute function public.die();`,
  );
  await expect(workOff(ctx)).rejects.toThrow();
  await ctx.database.pool.query("drop trigger die on waybill.bulk_edits");
}

async function change(ctx: Context, filter: RecordFilter, given: object): Promise<BulkEdit> {
  const edit = await startBulkEdit(ctx, { filter, change: bulkChange.parse(given) });
  await workOffAll(ctx);
  return await getBulkEdit(ctx, { bulkEdit: edit.id });
}

async function workOffAll(ctx: Context): Promise<void> {
  while (await workOff(ctx));
}

function paidInEuro(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => `P1,Ann,EUR ${index + 1},A\n`);
  return `id,name,wage,team\n${lines.join("")}`;
}
