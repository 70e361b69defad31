import { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { applyIntegration } from "../integration/apply-integration.ts";
import { cancelRun } from "../run/cancel-run.ts";
import { getRun } from "../run/read-run.ts";
import { startRun, startRunInput } from "../run/start-run.ts";
import { endOf, keepFile } from "../testing/run-file.ts";
import { openTestWaybill } from "../testing/test-services.ts";

const yaml = `waybill: 1
kind: integration
key: people
name: People
direction: import
fields:
  - { name: id, type: text, required: true }
recordKey: [id]
destination: { table: public.people }
`;

test("a run is cancelled while its file is being opened", async () => {
  const ctx = await openTestWaybill();
  await ctx.database.pool.query("create table public.people (id text primary key)");
  await applyIntegration(ctx, { yaml });
  const { id: sourceFile } = await keepFile(ctx, "people.csv", "id\n1\n");
  const somebody = new Client({ connectionString: ctx.database.url });
  await somebody.connect();
  onTestFinished(() => somebody.end());
  await somebody.query("begin; lock table waybill.stored_file_chunks in access exclusive mode");

  const { id: run } = await startRun(ctx, startRunInput.parse({ integration: "people", sourceFile }));
  await vi.waitFor(async () => expect((await getRun(ctx, { run })).phase).toBe("opening"));
  await cancelRun(ctx, { run });
  expect(await endOf(ctx, run)).toMatchObject({ status: "cancelled", counts: { read: 0 } });
});
