import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
import { codesOf, recordsOf, rejectPeople } from "../testing/rejected-people.ts";
import { endOf, keepFile } from "../testing/run-file.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { dismissRecords } from "./change-records.ts";
import { editRecords } from "./edit-records.ts";
import { importCorrections, importCorrectionsInput } from "./import-corrections.ts";
import { resubmitRecords, resubmitRecordsInput } from "./resubmit-records.ts";
import { exportRecords, writeErrorsCsv } from "./write-errors-csv.ts";

test("a corrected errors.csv is matched by its ids, its edits are kept, and what is sound is resubmitted", async () => {
  const ctx = await openTestWaybill();
  const { run } = await rejectPeople(ctx, {
    content: "id,name,wage,team\nP1,=Ann(1),-1,A\nP2,Bob,x,B\nP3,Cid,1.50,C\n",
  });
  const rows = await exported(ctx, run.id);
  expect(rows.map((row) => row.slice(0, 6))).toEqual([
    ["id", "name", "wage", "team", "_line", "_codes"],
    ["P1", "'=Ann(1)", "-1", "A", "2", "wage:below_min"],
    ["P2", "Bob", "x", "B", "3", "wage:not_a_decimal"],
    ["P3", "Cid", "1.50", "C", "4", "team:reference_unknown"],
  ]);
  set(rows, 1, 2, "1");
  set(rows, 3, 2, "1.5");
  const result = await take(ctx, rows, { resubmit: true });
  expect(result).toMatchObject({ read: 3, edited: 1, unchanged: 2, ready: 1, withIssues: 2 });
  const again = await endOf(ctx, result.resubmission?.runs[0]?.id ?? "");
  expect(again).toMatchObject({ status: "completed", counts: { read: 1, accepted: 1 } });
  const records = await recordsOf(ctx, run.id);
  expect(records.map((record) => [record.state, record.values])).toEqual([
    ["resolved", ["P1", "=Ann(1)", "1", "A"]],
    ["open", ["P2", "Bob", "x", "B"]],
    ["open", ["P3", "Cid", "1.50", "C"]],
  ]);
  const { rows: people } = await ctx.database.pool.query("select name from waybill_data.people");
  expect(people).toEqual([{ name: "=Ann(1)" }]);
});

test("columns may come in another order and with another delimiter, and those that were added may go", async () => {
  const ctx = await openTestWaybill();
  const { run } = await rejectPeople(ctx);
  const rows = await exported(ctx, run.id);
  set(rows, 2, 2, "5");
  const reversed = rows.map((row) => [row[7], row[3], row[2], row[1], row[0]].map((cell) => cell ?? ""));
  expect(await take(ctx, reversed, {}, ";")).toMatchObject({ edited: 1, ready: 1 });
  // Taken once more, it says what the records say by now.
  expect(await take(ctx, reversed, {}, ";")).toMatchObject({ edited: 0, unchanged: 2, ready: 1 });
});

test("all cells may be quoted, the delimiter may be that of a definition, and columns may lack a name", async () => {
  const ctx = await openTestWaybill();
  const parts = { source: '{ delimiter: "^" }' };
  const { run } = await rejectPeople(ctx, { content: "id^name^^wage^team^\nP1^Ann^x^y^A^z\n", parts });
  let csv = "";
  for await (const part of await exportRecords(ctx, { run: run.id })) csv += part;
  expect(await takeText(ctx, csv)).toMatchObject({ read: 1, edited: 0, unchanged: 1 });
  const rows: string[][] = parse(csv, { delimiter: "^" });
  const quoted = stringify(rows, { delimiter: ";", quoted: true });
  expect(await takeText(ctx, quoted.replace('"y"', '"1"'))).toMatchObject({ read: 1, edited: 1, ready: 1 });
  expect((await recordsOf(ctx, run.id))[0]?.values).toEqual(["P1", "Ann", "x", "1", "A", "z"]);
});

test("a file whose header is not UTF-8 is told so", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const file = await keepFile(ctx, "errors.csv", Buffer.from("Größe,_waybill_id\n1,x\n", "latin1"));
  await expect(importCorrections(ctx, importCorrectionsInput.parse({ file: file.id }))).rejects.toMatchObject({
    code: "csv_header_invalid",
    message: expect.stringContaining("UTF-8"),
  });
});

test("the errors.csv of a run and of a resubmission come back, and what keeps records from being sent is told", async () => {
  const ctx = await openTestWaybill();
  const { run } = await rejectPeople(ctx, { content: "id,name,wage,team\nP1,Ann,x,A\n" });
  const of = { filter: { run: run.id } };
  const { runs } = await resubmitRecords(ctx, resubmitRecordsInput.parse({ of, withIssues: true }));
  const again = await endOf(ctx, runs[0]?.id ?? "");
  let csv = "";
  for await (const part of writeErrorsCsv(ctx, again.id)) csv += part;
  await ctx.database.pool.query("update waybill.integrations set deleted_at = now()");
  const taken = await takeText(ctx, csv.replace(",x,", ",1,"), { resubmit: true });
  expect(taken).toMatchObject({ edited: 1, ready: 1, resubmission: null, refused: { code: "integration_deleted" } });
});

test("a record that does not fit its header is laid out under it, and is sound once it is corrected", async () => {
  const ctx = await openTestWaybill();
  const { run } = await rejectPeople(ctx, { content: 'id,name,wage,team\nP1,Ann\nP2,B"ob,1,A\nP3,Cid,1,A,B,C\n' });
  const rows = await exported(ctx, run.id);
  expect(await take(ctx, rows)).toMatchObject({ read: 3, edited: 0, withIssues: 3 });
  set(rows, 1, 2, "1");
  expect(await take(ctx, rows)).toMatchObject({ read: 3, edited: 1, ready: 1 });
  expect((await recordsOf(ctx, run.id)).map((record) => record.values)).toEqual([
    ["P1", "Ann", "1", ""],
    ['P2,B"ob,1,A'],
    ["P3", "Cid", "1", "A", "B", "C"],
  ]);
});

test("a record that is right as it is laid out is taken where its codes are emptied, and what it lost is told", async () => {
  const ctx = await openTestWaybill();
  const { run } = await rejectPeople(ctx, {
    content: 'id,name,wage,team\nP1,"Ann" B,1,A\nP2,Cid,1,A,B,C\nP3,Bob,x,A\n',
  });
  const rows = await exported(ctx, run.id);
  expect(rows[1]?.slice(0, 4)).toEqual(["P1", '"Ann" B', "1", "A"]);
  expect(rows[2]?.slice(0, 4)).toEqual(["P2", "Cid", "1", "A"]);
  expect(rows[2]?.[6]).toMatch(
    /Left out, for want of a column: "B", "C"\. If it is right as it stands here, empty its/,
  );
  for (const row of [1, 2, 3]) set(rows, row, 5, " ");
  expect(await take(ctx, rows)).toMatchObject({ read: 3, edited: 2, ready: 2, withIssues: 1 });
  expect((await recordsOf(ctx, run.id)).map(({ values, issues }) => [values.length, issues.length])).toEqual([
    [4, 0],
    [4, 0],
    [4, 1],
  ]);
});

test("rows whose ids were exchanged, and bytes that are not UTF-8, are told, and nothing is taken", async () => {
  const ctx = await openTestWaybill();
  const { run } = await rejectPeople(ctx, { content: "id,name,wage,team\nP1,Péter,x,A\nP2,Bob,y,A\n" });
  const rows = await exported(ctx, run.id);
  const [one, two] = [rows[1]?.[7] ?? "", rows[2]?.[7] ?? ""];
  const swapped = rows.map((row, index) => (index === 0 ? row : row.with(7, index === 1 ? two : one)));
  await expect(take(ctx, swapped)).rejects.toMatchObject({
    details: {
      faults: [
        {
          line: 2,
          message: expect.stringMatching(/^has the id of the record of line 3 of the source beside the _line 2/),
        },
        { line: 3 },
      ],
    },
  });
  set(rows, 2, 2, "1");
  const latin = await keepFile(ctx, "errors.csv", Buffer.from(stringify(rows), "latin1"));
  await expect(importCorrections(ctx, importCorrectionsInput.parse({ file: latin.id }))).rejects.toMatchObject({
    details: { faults: [{ line: 2, message: expect.stringContaining("not UTF-8 text. Save the file as CSV UTF-8") }] },
  });
  set(rows, 2, 1, "x".repeat(limits.csvRecordCharactersMax));
  await expect(take(ctx, rows)).rejects.toMatchObject({
    details: { faults: [{ line: 3, message: expect.stringMatching(/^is longer than \d+ characters\. Shorten/) }] },
  });
  expect((await recordsOf(ctx, run.id)).map((record) => record.revision)).toEqual([0, 0]);
});

test("every row that is at fault is named, and nothing is taken", async () => {
  const ctx = await openTestWaybill();
  const { run, records } = await rejectPeople(ctx);
  const rows = await exported(ctx, run.id);
  const other = await rejectPeople(ctx, { content: "id,name,wage,team\nP9,Zoe,y,A\n" });
  const [foreign] = (await exported(ctx, other.run.id)).slice(1);
  set(rows, 1, 1, "Eve");
  const bad = [
    ...rows,
    rows[1] ?? [],
    foreign ?? [],
    (rows[2] ?? []).with(7, ""),
    (rows[2] ?? []).with(7, "01a212d8-dd13-75b7-a668-6b97277ee096@0"),
    (rows[2] ?? []).slice(1),
  ];
  await expect(take(ctx, bad, { run: run.id })).rejects.toMatchObject({
    code: "corrections_invalid",
    details: {
      faults: [
        { line: 4, message: "has the id of line 2 again. Take one of the two out." },
        { line: 5, message: "has the id of a record of another run. Take the row out." },
        { line: 6, message: expect.stringMatching(/^has no id/) },
        { line: 7, message: expect.stringMatching(/^has the id of no record/) },
        { line: 8, message: "has the id of line 3 again. Take one of the two out." },
        { line: 8, message: expect.stringMatching(/^does not fit the header/) },
      ],
    },
  });
  expect((await recordsOf(ctx, run.id)).map((record) => record.revision)).toEqual([0, 0]);

  await editRecords(ctx, { edits: [{ record: records[0]?.id ?? "", revision: 0, values: { name: "Mia" } }] });
  await dismissRecords(ctx, { of: { records: [records[1]?.id ?? ""] }, reason: "Left" });
  await expect(take(ctx, rows)).rejects.toMatchObject({
    details: {
      faults: [
        { line: 2, message: expect.stringMatching(/^differs from its record, which somebody has changed/) },
        { line: 3, message: expect.stringMatching(/not open \(Dismissed\)/) },
      ],
    },
  });
  expect((await recordsOf(ctx, run.id)).map(codesOf)).toEqual([
    ["wage:below_min", "team:reference_unknown"],
    ["wage:not_a_decimal"],
  ]);
});

test.each([
  ["a column that was renamed", (header: string[]) => header.with(1, "names"), /lacks "name".*"names" besides/],
  ["a file that is no errors.csv", (header: string[]) => header.with(7, "id2"), /no column _waybill_id/],
])("%s is refused", async (_, change, message) => {
  const ctx = await openTestWaybill();
  const { run } = await rejectPeople(ctx);
  const [header = [], ...rows] = await exported(ctx, run.id);
  await expect(take(ctx, [change(header), ...rows])).rejects.toMatchObject({
    code: "corrections_invalid",
    message: expect.stringMatching(message),
  });
  await expect(take(ctx, [header])).rejects.toMatchObject({ message: expect.stringMatching(/holds no records/) });
  await expect(take(ctx, [header.toSpliced(2, 1), ...rows.map((row) => row.toSpliced(2, 1))])).rejects.toMatchObject({
    message: expect.stringMatching(/lacks "wage"/),
  });
});

async function exported(ctx: Context, run: string): Promise<string[][]> {
  let csv = "";
  for await (const part of await exportRecords(ctx, { run, state: ["open"] })) csv += part;
  return parse(csv);
}

async function take(ctx: Context, rows: string[][], more: object = {}, delimiter = ",") {
  return await takeText(ctx, stringify(rows, { delimiter }), more);
}

async function takeText(ctx: Context, csv: string, more: object = {}) {
  const file = await keepFile(ctx, "errors.csv", csv);
  return await importCorrections(ctx, importCorrectionsInput.parse({ file: file.id, ...more }));
}

function set(rows: string[][], row: number, column: number, text: string): void {
  rows[row] = (rows[row] ?? []).with(column, text);
}
