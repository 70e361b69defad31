import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { runFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";

describe("the share of rejected records", () => {
  test("is met exactly and broken by one more, at the end of a short file", async () => {
    expect(await load({ good: 8, bad: 2, onError: "{ stopAfterRejectedPercent: 20 }" })).toMatchObject({
      status: "completed_with_errors",
    });
    expect(await load({ good: 8, bad: 3, onError: "{ stopAfterRejectedPercent: 20 }" })).toMatchObject({
      status: "failed",
      kept: true,
      failure: {
        code: "too_many_rejected",
        message: expect.stringMatching(/allows 20 % of the 11 read so far\. What was accepted before stays/),
      },
    });
  });

  test("stops a long file at the batch that breaks it", async () => {
    const onError = "{ stopAfterRejectedPercent: 1 }";
    const run = await load({ good: limits.batchRecords * 2, bad: limits.batchRecords / 10, onError });
    expect(run).toMatchObject({ status: "failed", counts: { read: limits.batchRecords } });
  });

  test("leaves nothing of an all-or-nothing run", async () => {
    const run = await load({ good: 5, bad: 5, onError: "{ stopAfterRejectedPercent: 20, commit: all-or-nothing }" });
    expect(run).toMatchObject({ status: "failed", kept: false, failure: { code: "too_many_rejected" } });
  });
});

async function load({ good, bad, onError }: { good: number; bad: number; onError: string }) {
  const ctx = await openTestWaybill();
  const yaml = testDefinition({ fields: "[{ name: id, type: integer, required: true }]", onError });
  const lines = [...Array.from({ length: bad }, () => "x"), ...Array.from({ length: good }, (_, index) => index)];
  return await runFile(ctx, yaml, { content: `id\n${lines.join("\n")}\n` });
}
