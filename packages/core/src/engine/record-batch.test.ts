import { expect, test } from "vitest";
import { limits } from "../limits.ts";
import { runFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";

test.each([
  ["the six characters of an escaped NUL", "1,\\u0000,x", ["1", "\\u0000", "x"]],
  ["the same within a bad quote", '1,"\\u0000"x', ['1,"\\u0000"x']],
  ["a NUL", "1,a\0b,x", ["1", "a␀b", "x"]],
  [
    "more emoji than are kept",
    `1,xx,${"😀".repeat(limits.csvRecordCharactersMax / 2)}`,
    [`1,xx,${"😀".repeat(limits.csvKeptCharacters / 2 - 3)}`],
  ],
])("a record with %s is rejected and kept", async (_, row, kept) => {
  const ctx = await openTestWaybill();
  const run = await runFile(ctx, yaml, { content: `id,name,rate\n${row}\n2,Ada,3\n` });
  expect(run).toMatchObject({ status: "completed_with_errors", counts: { read: 2, inserted: 1, rejected: 1 } });
  const { rows } = await ctx.database.pool.query("select values from waybill.rejected_records");
  expect(rows).toEqual([{ values: kept }]);
});

const yaml = testDefinition({
  source: "{ limits: { sourceBytesMax: 16777216 } }",
  fields: `[
    { name: id, type: text, required: true },
    { name: name, type: text, required: true },
    { name: rate, type: integer } ]`,
});
