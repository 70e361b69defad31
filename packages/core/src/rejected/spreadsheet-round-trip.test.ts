import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { recordsOf, rejectPeople } from "../testing/rejected-people.ts";
import { endOf, keepFile } from "../testing/run-file.ts";
import { throughCalc } from "../testing/spreadsheet.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { importCorrections, importCorrectionsInput } from "./import-corrections.ts";
import { exportRecords } from "./write-errors-csv.ts";

/** Texts that spreadsheets run, or take for numbers and dates. */
const hard = [
  "=1+1",
  "007",
  "12345678901234567890",
  "1.50",
  "+49 170 1",
  "1e5",
  "-x",
  "'q",
  "true",
  'a "b", c',
  "2021-04-13",
];

test("what goes through a spreadsheet comes back as it was, but for what was corrected there", async () => {
  const ctx = await openTestWaybill();
  const rows = hard.map((text, index) => `P${index},"${text.replaceAll('"', '""')}",wrong,A\n`);
  const { run } = await rejectPeople(ctx, { content: `id,name,wage,team\n${rows.join("")}P99,Zoe,-7.50,A\n` });
  const untouched = await throughCalc(await exported(ctx, run.id));
  expect(await take(ctx, untouched)).toMatchObject({ read: 12, edited: 0, unchanged: 12 });

  const corrected = untouched.replaceAll(",wrong,", ",12.5,");
  const result = await take(ctx, await throughCalc(corrected), { resubmit: true });
  expect(result).toMatchObject({ edited: 11, unchanged: 1, ready: 11, withIssues: 1 });
  const again = await endOf(ctx, result.resubmission?.runs[0]?.id ?? "");
  expect(again).toMatchObject({ status: "completed", counts: { inserted: 11 } });
  const { rows: people } = await ctx.database.pool.query(
    "select name, wage::text from waybill_data.people order by substr(id, 2)::int",
  );
  expect(people).toEqual(hard.map((name) => ({ name, wage: "12.50" })));
  expect((await recordsOf(ctx, run.id)).at(-1)).toMatchObject({
    state: "open",
    revision: 0,
    values: ["P99", "Zoe", "-7.50", "A"],
  });
});

async function exported(ctx: Context, run: string): Promise<string> {
  let csv = "";
  for await (const part of await exportRecords(ctx, { run, state: ["open"] })) csv += part;
  return csv;
}

async function take(ctx: Context, csv: string, more: object = {}) {
  const file = await keepFile(ctx, "errors.csv", csv);
  return await importCorrections(ctx, importCorrectionsInput.parse({ file: file.id, ...more }));
}
