import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { cancelRun } from "../run/cancel-run.ts";
import { getRun } from "../run/read-run.ts";
import { codesOf, recordsOf, rejectPeople } from "../testing/rejected-people.ts";
import { endOf } from "../testing/run-file.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { editRecords } from "./edit-records.ts";
import { listRejected, listRejectedInput } from "./list-rejected.ts";
import { getRecord } from "./read-record.ts";
import type { RecordListItem } from "./record-row.ts";
import { type ResubmitRecordsInput, resubmitRecords, resubmitRecordsInput } from "./resubmit-records.ts";
import type { Selection } from "./selection.ts";

test("corrected records are loaded, and only those; the run that they came from says by which run they were resolved", async () => {
  const ctx = await openTestWaybill();
  const { run, records } = await rejectPeople(ctx);
  expect(records.map(codesOf)).toEqual([
    ["name:required", "wage:below_min", "team:reference_unknown"],
    ["wage:not_a_decimal"],
  ]);
  const [first, second] = records;
  const edited = await edit(ctx, first, { name: "Eve", wage: "3", team: "B" });
  expect(edited).toMatchObject({
    issues: [],
    values: ["P2", "Eve", "3", "B"],
    original: ["P2", "", "-1", "C"],
    revision: 1,
  });
  expect(codesOf(await edit(ctx, second, { wage: "-2" }))).toEqual(["wage:below_min"]);

  const { runs, sent, withIssues } = await resubmit(ctx, { filter: { run: run.id } });
  expect([sent, withIssues, runs.length]).toEqual([1, 1, 1]);
  const again = await endOf(ctx, runs[0]?.id ?? "");
  expect(again).toMatchObject({
    status: "completed",
    trigger: "resubmit",
    counts: { read: 1, inserted: 1, rejected: 0 },
  });
  expect(again.fromRun?.id).toBe(run.id);

  expect(await people(ctx)).toEqual(["P1 Ann 1.00 A", "P2 Eve 3.00 B", "P4 Cid 2.50 B"]);
  const now = await recordsOf(ctx, run.id);
  expect(now.map((record) => [record.state, codesOf(record)])).toEqual([
    ["resolved", []],
    ["open", ["wage:below_min"]],
  ]);
  expect(now[0]?.resubmittedIn).toMatchObject({ id: again.id });
  const { madeRuns } = await getRun(ctx, { run: run.id });
  expect(madeRuns).toMatchObject([{ id: again.id, trigger: "resubmit", resolved: 1 }]);
  // What a run turned away stays told as it was.
  const { items } = await listRejected(ctx, listRejectedInput.parse({ run: run.id }));
  expect(items.map(codesOf)).toEqual(records.map(codesOf));
  expect(items.map((item) => item.values)).toEqual(records.map((record) => record.values));
});

test("a record that is rejected again is open with its new issues, and its history tells both runs", async () => {
  const ctx = await openTestWaybill();
  const { run, records } = await rejectPeople(ctx);
  await edit(ctx, records[1], { wage: "-7" });
  const { runs } = await resubmit(ctx, { records: [records[1]?.id ?? ""] }, { withIssues: true });
  const again = await endOf(ctx, runs[0]?.id ?? "");
  expect(again).toMatchObject({ status: "completed_with_errors", counts: { read: 1, accepted: 0, rejected: 1 } });
  expect(again.issues).toEqual([{ code: "below_min", field: "wage", count: 1 }]);
  expect(await recordsOf(ctx, again.id)).toMatchObject([{ id: records[1]?.id, state: "open" }]);
  expect((await recordsOf(ctx, run.id)).map((record) => record.state)).toEqual(["open", "open"]);
  const { items } = await listRejected(ctx, listRejectedInput.parse({ run: again.id }));
  expect(items).toMatchObject([{ recordNumber: 1, line: 4, values: ["P3", "Bob", "-7", "B"] }]);
  const { history, sourceFile } = await getRecord(ctx, { record: records[1]?.id ?? "" });
  expect(sourceFile?.name).toBe("source.csv");
  expect(history).toMatchObject([
    { kind: "change", action: "edited", column: "wage", from: "x", to: "-7", by: "Local administrator" },
    { kind: "resubmission", outcome: "rejected", run: { id: again.id }, issues: [{ code: "below_min" }] },
  ]);
});

test("of two resubmissions of one record at once, one is made and the other is told", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { records } = await rejectedThenCorrected(ctx);
  const of = { records: records.map((record) => record.id) };
  const tried = await Promise.allSettled([1, 2, 3].map(() => resubmit(ctx, of)));
  expect(tried.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  for (const one of tried) {
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "record_not_open" });
  }
  await expect(resubmit(ctx, of)).rejects.toMatchObject({
    code: "record_not_open",
    details: { state: "resubmitting" },
  });
});

test("what was not loaded when the run was cancelled is open again", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { run, records } = await rejectedThenCorrected(ctx);
  const { runs } = await resubmit(ctx, { filter: { run: run.id } });
  await cancelRun(ctx, { run: runs[0]?.id ?? "" });
  expect(await recordsOf(ctx, run.id)).toMatchObject(
    records.map(({ id }) => ({ id, state: "open", issues: [], resubmittedIn: null })),
  );
});

async function rejectedThenCorrected(ctx: Context) {
  const { run, records } = await rejectPeople(ctx);
  await edit(ctx, records[0], { name: "Eve", wage: "3", team: "B" });
  await edit(ctx, records[1], { wage: "2" });
  return { run, records: await recordsOf(ctx, run.id) };
}

async function edit(ctx: Context, record: RecordListItem | undefined, values: Record<string, string>) {
  const { items } = await editRecords(ctx, {
    edits: [{ record: record?.id ?? "", revision: record?.revision ?? 0, values }],
  });
  if (!items[0]) throw new Error("The record was not given back.");
  return items[0];
}

async function resubmit(ctx: Context, of: Selection, more: Partial<ResubmitRecordsInput> = {}) {
  return await resubmitRecords(ctx, resubmitRecordsInput.parse({ of, ...more }));
}

async function people(ctx: Context): Promise<string[]> {
  const { rows } = await ctx.database.pool.query<{ line: string }>(
    "select concat_ws(' ', id, name, wage, team) as line from waybill_data.people order by id",
  );
  return rows.map((row) => row.line);
}
