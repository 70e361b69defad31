import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import type { RunSummary } from "../run/run-summary.ts";
import { runFile } from "../testing/run-file.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { listRejected, listRejectedInput } from "./list-rejected.ts";
import { writeErrorsCsv } from "./write-errors-csv.ts";

test.each([",", ";", "\t", "|"])(
  "sent back untouched, generation after generation, loads nothing (%j)",
  async (sign) => {
    const ctx = await openTestWaybill();
    const yaml = definition("[id, v]", sign);
    const content = ["id,v", "1,x", "2,3,extra,more", '"a\rb",x', '"q",x"y', "7", "\xe9,x", ",5", "a\0b,8"].join("\n");
    let run = await runFile(ctx, yaml, { content: Buffer.from(content.replaceAll(",", sign), "latin1") });
    const first = await codes(ctx, run);
    expect(first.flat().sort()).toEqual([
      "bad_quote",
      "invalid_encoding",
      "not_an_integer",
      "not_an_integer",
      "not_an_integer",
      "nul_character",
      "required",
      "too_few_columns",
      "too_many_columns",
    ]);
    for (let generation = 2; generation <= 4; generation++) {
      const csv = await errorsCsv(ctx, run);
      expect(csv.split("\n")[0]).toBe(["id", "v", "_line", "_codes", "_messages", "_waybill_id"].join(sign));
      run = await runFile(ctx, yaml, { content: csv });
      expect(run).toMatchObject({ status: "completed_with_errors", counts: { read: 8, accepted: 0, rejected: 8 } });
    }
  },
);

test("writes a row of a one-column file that could not be read so that it is turned away again", async () => {
  const ctx = await openTestWaybill();
  const run = await runFile(ctx, definition("[id]", ","), { content: 'id\na"b\n' });
  const again = await runFile(ctx, definition("[id]", ","), { content: await errorsCsv(ctx, run) });
  expect(again.counts).toMatchObject({ accepted: 0, rejected: 1 });
});

test("a row that lost cells of errors.csv itself is turned away again", async () => {
  const ctx = await openTestWaybill();
  const yaml = definition("[id, v]", ",");
  const run = await runFile(ctx, yaml, { content: "id,v,_line,_codes,_messages,_waybill_id\n1,2\n" });
  const again = await runFile(ctx, yaml, { content: await errorsCsv(ctx, run) });
  expect(again.counts).toMatchObject({ accepted: 0, rejected: 1 });
});

test("a column that a field is read from stays, whatever its name", async () => {
  const ctx = await openTestWaybill();
  const yaml = definition("[id, v]", ",").replace("name: v,", "name: v, column: _LINE,");
  const run = await runFile(ctx, yaml, { content: "id,_Line\n1,x\n" });
  const csv = await errorsCsv(ctx, run);
  expect(csv.split("\n")[0]).toBe("id,_Line,_codes,_messages,_waybill_id");
  expect(csv.split("\n")[1]).toMatch(/^1,x,v:not_an_integer,/);
});

function definition(fields: string, delimiter: string): string {
  const second = fields.includes("v") ? "\n  - { name: v, type: integer }" : "";
  return `waybill: 1
kind: integration
key: people
name: People
direction: import
source: { delimiter: ${JSON.stringify(delimiter)} }
fields:
  - { name: id, type: text, required: true }${second}
recordKey: [id]
destination: { dataset: people }
`;
}

async function errorsCsv(ctx: Context, run: RunSummary): Promise<string> {
  let csv = "";
  for await (const part of writeErrorsCsv(ctx, run.id)) csv += part;
  return csv;
}

async function codes(ctx: Context, run: RunSummary): Promise<string[][]> {
  const { items } = await listRejected(ctx, listRejectedInput.parse({ run: run.id }));
  return items.map((record) => record.issues.map((issue) => issue.code));
}
