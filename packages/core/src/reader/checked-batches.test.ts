import { expect, test } from "vitest";
import { readCsv } from "../file/read-csv.ts";
import { limits } from "../limits.ts";
import { readTestDefinition } from "../testing/test-definition.ts";
import { checkedBatches } from "./checked-batches.ts";

test("a batch of rows that hold nothing but delimiters is limited by size too", async () => {
  const row = `${",".repeat(limits.csvColumnsMax - 1)}\n`;
  const bytes = Buffer.from(`id,name\n${row.repeat(limits.batchRecords)}`);
  const reader = await readCsv(once(bytes), { delimiter: ",", quote: '"' });
  const definition = readTestDefinition();
  const check = () => ({ kind: "rejected" as const, issues: [] });
  const source = { definition, reader, check, bytesRead: () => bytes.length };
  const sizes: number[] = [];
  for await (const { batch } of checkedBatches(source, 0)) sizes.push(batch.read);
  expect(sizes).toEqual([4_195, 4_195, 1_610]);
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
