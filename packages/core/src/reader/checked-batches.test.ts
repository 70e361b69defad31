import { describe, expect, test } from "vitest";
import { readCsv } from "../file/read-csv.ts";
import { limits } from "../limits.ts";
import type { RecordOutcome } from "../record/compile-record.ts";
import { recordIssue } from "../record/issue-code.ts";
import { readTestDefinition } from "../testing/test-definition.ts";
import { checkedBatches } from "./checked-batches.ts";

describe("a batch is limited by size", () => {
  test("where its rows hold nothing but delimiters", async () => {
    const row = ",".repeat(limits.csvColumnsMax - 1);
    expect(await sizesOf(row, { kind: "rejected", issues: [], values: [] })).toEqual([4_195, 4_195, 1_610]);
  });

  test("where much is to be said of each row", async () => {
    const issues = Array.from({ length: 1_024 }, () => recordIssue("a", "required", "a".repeat(64), null));
    const sizes = await sizesOf(",", { kind: "rejected", issues, values: [] });
    expect(Math.max(...sizes)).toBe(64);
  });

  test("where short rows make long records", async () => {
    const values = ["a".repeat(limits.parameterTextCharactersMax)];
    const sizes = await sizesOf(",", { kind: "accepted", values });
    expect(Math.max(...sizes)).toBe(Math.ceil(limits.batchCharacters / (limits.parameterTextCharactersMax + 1)));
  });
});

/** How many records each batch has of ten thousand such rows, each with this outcome. */
async function sizesOf(row: string, outcome: RecordOutcome): Promise<number[]> {
  const bytes = Buffer.from(`a,b\n${`${row}\n`.repeat(limits.batchRecords)}`);
  const reader = await readCsv(once(bytes), { delimiter: ",", quote: '"' });
  const definition = readTestDefinition();
  const source = { definition, reader, check: () => outcome, restore: null, bytesRead: () => bytes.length };
  const sizes: number[] = [];
  for await (const { batch } of checkedBatches(source, 0)) sizes.push(batch.read);
  return sizes;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
