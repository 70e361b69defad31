import { expect, test } from "vitest";
import { runFile } from "../testing/run-file.ts";
import { namedPeople } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { listRejected, listRejectedInput } from "./list-rejected.ts";
import { writeErrorsCsv } from "./write-errors-csv.ts";

test("rejected records are kept whole, found by code and field, and written as errors.csv", async () => {
  const ctx = await openTestWaybill();
  const content = Buffer.concat([
    Buffer.from('id,name\n1,\n,"x, ""y"""\n3,Jos'),
    Buffer.from([0xe9]),
    Buffer.from('\n4,"bad"x\n5,a\0b\n'),
  ]);
  const run = await runFile(ctx, namedPeople, { content });
  expect(run.counts.rejected).toBe(5);
  const all = await listRejected(ctx, listRejectedInput.parse({ run: run.id }));
  expect(all.header).toEqual(["id", "name"]);
  expect(all.items.map((record) => [record.recordNumber, record.line, record.issues[0]?.code])).toEqual([
    [1, 2, "required"],
    [2, 3, "required"],
    [3, 4, "invalid_encoding"],
    [4, 5, "bad_quote"],
    [5, 6, "nul_character"],
  ]);
  const found = await listRejected(ctx, listRejectedInput.parse({ run: run.id, code: "required", field: "name" }));
  expect(found.items.map((record) => record.recordNumber)).toEqual([1]);
  let csv = "";
  for await (const part of writeErrorsCsv(ctx, run.id)) csv += part;
  expect(csv.split("\n")[0]).toBe("id,name,_line,_codes,_messages,_waybill_id");
  expect(csv.split("\n")[2]).toMatch(/^,"x, ""y""",3,id:required,/);
});
