import { expect, test } from "vitest";
import { readCsv } from "../file/read-csv.ts";
import { limits } from "../limits.ts";
import { checkedBatches } from "./checked-batches.ts";

test("a batch of rows that hold nothing but delimiters is limited by size too", async () => {
  const row = `${",".repeat(limits.csvColumnsMax - 1)}\n`;
  const bytes = Buffer.from(`a,b\n${row.repeat(limits.batchRecords)}`);
  const reader = await readCsv(once(bytes), { delimiter: ",", quote: '"' });
  const run = { reader, bytesRead: () => bytes.length, check: () => ({ kind: "rejected" as const, issues: [] }) };
  const sizes: number[] = [];
  for await (const batch of checkedBatches(run, 0)) sizes.push(batch.read);
  expect(sizes).toEqual([4_195, 805]);
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
