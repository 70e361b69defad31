import { describe, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { deleteIntegration } from "../integration/delete-integration.ts";
import { rerun } from "../run/rerun.ts";
import { startRun, startRunInput } from "../run/start-run.ts";
import { codesOf, recordsOf, rejectPeople, wagedPeople } from "../testing/rejected-people.ts";
import { endOf, runFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { editRecords } from "./edit-records.ts";
import { getRecord } from "./read-record.ts";
import { type ResubmitRecordsInput, resubmitRecords, resubmitRecordsInput } from "./resubmit-records.ts";

describe("a resubmission", () => {
  test("of an integration that replaces adds to what the run before it left", async () => {
    const ctx = await openTestWaybill();
    const parts = { destination: "{ dataset: people, mode: replace }" };
    const { run } = await rejectPeople(ctx, { parts });
    await mend(ctx, run.id);
    expect(await resubmit(ctx, run.id)).toMatchObject({ status: "completed", counts: { inserted: 2 } });
    expect(await ids(ctx)).toEqual(["P1", "P2", "P3", "P4"]);
  });

  test("that nothing was kept of, or that a later run replaced, is refused, since it would not be whole", async () => {
    const ctx = await openTestWaybill();
    const whole = { onError: "{ commit: all-or-nothing }" };
    const { run: failed } = await rejectPeople(ctx, { parts: whole });
    await mend(ctx, failed.id);
    await expect(resubmit(ctx, failed.id)).rejects.toMatchObject({ code: "origin_not_kept" });
    const parts = { destination: "{ dataset: people, mode: replace }" };
    const { run } = await rejectPeople(ctx, { parts });
    await mend(ctx, run.id);
    ctx.clock.set("2026-11-25T08:00:00.000Z");
    await rejectPeople(ctx, { parts });
    await expect(resubmit(ctx, run.id)).rejects.toMatchObject({ code: "origin_not_kept" });
    expect(await ids(ctx)).toEqual(["P1", "P4"]);
  });

  test("says that a later run has loaded since, and that values are unique among those that are sent", async () => {
    const ctx = await openTestWaybill();
    const fields = wagedPeople.fields.replace("required: true, pattern", "unique: true, required: true, pattern");
    const { run } = await rejectPeople(ctx, { parts: { fields } });
    await mend(ctx, run.id);
    ctx.clock.set("2026-11-25T08:00:00.000Z");
    await rejectPeople(ctx, { parts: { fields } });
    const { warnings } = await resubmit(ctx, run.id);
    expect(warnings.map((warning) => warning.code)).toEqual(["later_run", "unique_among_sent"]);
  });

  test("says where it wrote over what a later line of the file had loaded", async () => {
    const ctx = await openTestWaybill();
    const content = "id,name,wage,team\nP1,Ann,x,A\nP1,Eve,2,A\nP2,Bob,y,B\n";
    const { run } = await rejectPeople(ctx, { content });
    for (const { id } of await recordsOf(ctx, run.id)) {
      await editRecords(ctx, { edits: [{ record: id, revision: 0, values: { wage: "1" } }] });
    }
    const again = await resubmit(ctx, run.id);
    expect(again).toMatchObject({ counts: { inserted: 1, updated: 1 }, notes: [{ code: "written_over" }] });
    expect(again.notes[0]?.message).toMatch(/^1 record of the destination had the key of a corrected record/);
  });

  test("is not stopped by the limits that are meant for files", async () => {
    const ctx = await openTestWaybill();
    const { run } = await rejectPeople(ctx, { parts: { onError: "{ stopAfterRejected: 2 }" } });
    await applyIntegration(ctx, { yaml: testDefinition({ ...wagedPeople, onError: "{ stopAfterRejected: 0 }" }) });
    const again = await resubmit(ctx, run.id, { withIssues: true });
    expect(again).toMatchObject({ status: "completed_with_errors", counts: { rejected: 2 } });
  });

  test("sends rows that do not fit, and values that are hard to write, as they are", async () => {
    const ctx = await openTestWaybill();
    const wide = Array.from({ length: 1_001 }, () => "x").join(",");
    const rows = [wide, "P1,Ann", 'P2,B"ob,1,A', "P3,C,1,A,B", '"P4","D\r\n""E"",",x,A', "P5,F\0,1,A", "P6, G ,,"];
    const { run, records } = await rejectPeople(ctx, { content: `id,name,wage,team\n${rows.join("\n")}\n` });
    expect(records).toHaveLength(6);
    const again = await resubmit(ctx, run.id, { withIssues: true });
    expect(again.counts).toMatchObject({ read: 6, rejected: 6 });
    const now = await recordsOf(ctx, run.id);
    const known = records.map(({ issues, ...record }) => [record.values, codesOf({ issues })[0]?.split(":")[0]]);
    expect(now.map((record) => [record.values, codesOf(record)[0]?.split(":")[0]])).toEqual(known);
  });

  test("sends what stood after an apostrophe as it is, though its source was an errors.csv", async () => {
    const ctx = await openTestWaybill();
    const content = "id,name,wage,team,_waybill_id\nP1,''007,x,A,\n";
    const { run } = await rejectPeople(ctx, { content });
    const [record] = await recordsOf(ctx, run.id);
    expect(record?.values[1]).toBe("'007");
    await editRecords(ctx, { edits: [{ record: record?.id ?? "", revision: 0, values: { wage: "1" } }] });
    await resubmit(ctx, run.id);
    const { rows } = await ctx.database.pool.query("select name from waybill_data.people");
    expect(rows).toEqual([{ name: "'007" }]);
  });

  test("of all that is ready leaves out runs that have nothing ready, whatever became of their integration", async () => {
    const ctx = await openTestWaybill();
    await rejectPeople(ctx, { parts: { key: "gone" } });
    await deleteIntegration(ctx, { key: "gone" });
    const { run } = await rejectPeople(ctx);
    await mend(ctx, run.id);
    const { runs } = await resubmitRecords(ctx, resubmitRecordsInput.parse({ of: { filter: {} } }));
    expect(runs).toHaveLength(1);
    await endOf(ctx, runs[0]?.id ?? "");
  });

  test("of records that a rule passes over says so in their history", async () => {
    const ctx = await openTestWaybill();
    const parts = { skipWhen: "[{ field: team, equals: B }]" };
    const { run, records } = await rejectPeople(ctx, { content: "id,name,wage,team\nP1,Ann,x,A\n", parts });
    await editRecords(ctx, { edits: [{ record: records[0]?.id ?? "", revision: 0, values: { team: "B" } }] });
    expect(await resubmit(ctx, run.id)).toMatchObject({ status: "completed", counts: { read: 1, skipped: 1 } });
    const { state, history } = await getRecord(ctx, { record: records[0]?.id ?? "" });
    expect([state, history.at(-1)]).toMatchObject(["resolved", { kind: "resubmission", outcome: "skipped" }]);
  });

  test("of a file of one column sends empty values, which are lines without a sign", async () => {
    const ctx = await openTestWaybill();
    const yaml = testDefinition({ key: "single" });
    const run = await runFile(ctx, yaml, { content: 'id\n""\nP1\n""\n' });
    const again = await resubmit(ctx, run.id, { withIssues: true });
    expect(again.counts).toMatchObject({ read: 2, rejected: 2 });
  });

  test("is let in though the definition asks for encrypted files, but neither repeated nor loaded by others", async () => {
    const ctx = await openTestWaybill();
    const { run } = await rejectPeople(ctx);
    const source = "{ encryption: required, signature: required, limits: { sourceBytesMax: 10 } }";
    await applyIntegration(ctx, { yaml: testDefinition({ ...wagedPeople, source }) });
    await mend(ctx, run.id);
    const again = await resubmit(ctx, run.id);
    expect(again).toMatchObject({ status: "completed", version: 2 });
    expect(again.rerunAllowed).toBe(false);
    await expect(rerun(ctx, { run: again.id })).rejects.toMatchObject({ code: "rerun_refused" });
    const file = again.files.find(({ role }) => role === "source")?.id;
    const others = testDefinition({ key: "others", source: "{ encryption: required }" });
    await applyIntegration(ctx, { yaml: others });
    const { id } = await startRun(ctx, startRunInput.parse({ integration: "others", sourceFile: file }));
    expect(await endOf(ctx, id)).toMatchObject({ status: "failed", failure: { code: "file_encryption_required" } });
  });

  test("by a definition that the columns do not fit is refused, and by the original one made, which it says", async () => {
    const ctx = await openTestWaybill();
    const { run } = await rejectPeople(ctx);
    await mend(ctx, run.id);
    const fields = wagedPeople.fields.replace(/ \]$/, ", { name: office, type: text, required: true } ]");
    await applyIntegration(ctx, { yaml: testDefinition({ ...wagedPeople, fields }) });
    const [record] = await recordsOf(ctx, run.id);
    const edits = [{ record: record?.id ?? "", revision: record?.revision ?? 0, values: { name: "Eva" } }];
    expect(await editRecords(ctx, { edits })).toMatchObject({
      items: [{ issues: [] }],
      notes: [{ code: "definition_misfit", message: expect.stringMatching(/^Version 2 .* checked by version 1/) }],
    });
    await expect(resubmit(ctx, run.id)).rejects.toMatchObject({
      code: "definition_misfit",
      message: expect.stringContaining('no column "office"'),
    });
    const again = await resubmit(ctx, run.id, { definition: "original" });
    expect(again).toMatchObject({
      status: "completed",
      version: 1,
      warnings: [{ code: "original_definition", message: expect.stringContaining("version 1") }],
    });
    await deleteIntegration(ctx, { key: "people" });
    await expect(resubmit(ctx, run.id, { withIssues: true })).rejects.toMatchObject({ code: "records_none" });
  });

  test("of an integration that was deleted, of a test run, and of nothing that fits is refused", async () => {
    const ctx = await openTestWaybill();
    const { run } = await rejectPeople(ctx);
    await expect(resubmit(ctx, run.id)).rejects.toMatchObject({ code: "record_has_issues" });
    await ctx.database.pool.query("update waybill.runs set test = true");
    await expect(resubmit(ctx, run.id, { withIssues: true })).rejects.toMatchObject({ code: "record_of_test_run" });
    await deleteIntegration(ctx, { key: "people" });
    await expect(resubmit(ctx, run.id, { withIssues: true })).rejects.toMatchObject({ code: "integration_deleted" });
    expect((await recordsOf(ctx, run.id)).map((record) => record.state)).toEqual(["open", "open"]);
  });
});

async function mend(ctx: Context, run: string, most = 2): Promise<void> {
  const records = (await recordsOf(ctx, run)).slice(0, most);
  const values = { name: "Eve", wage: "3", team: "B" };
  await editRecords(ctx, { edits: records.map(({ id, revision }) => ({ record: id, revision, values })) });
}

async function resubmit(ctx: Context, run: string, more: Partial<ResubmitRecordsInput> = {}) {
  const { runs } = await resubmitRecords(ctx, resubmitRecordsInput.parse({ of: { filter: { run } }, ...more }));
  return await endOf(ctx, runs[0]?.id ?? "");
}

async function ids(ctx: Context): Promise<string[]> {
  const { rows } = await ctx.database.pool.query("select id from waybill_data.people order by id");
  return rows.map((row) => row.id);
}
