import { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Context } from "../context.ts";
import { failRunUpdates } from "../testing/interrupt-runs.ts";
import { endOf, startFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { getRun } from "./read-run.ts";
import { watchRun } from "./watch-run.ts";

test("a run that nobody takes says that no worker is there", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { waiting } = await getRun(ctx, { run: await start(ctx) });
  expect(waiting).toMatchObject({ code: "no_worker", message: expect.stringContaining("WAYBILL_ROLE=worker") });
});

test("a run that is tried again says so to whoever follows it, until it goes on", async () => {
  const ctx = await openTestWaybill();
  await failRunUpdates(ctx, "new.phase = 'loading'", { sqlState: "40P01" });
  const seen = [];
  for await (const { waiting } of watchRun(ctx, { run: await start(ctx) })) seen.push(waiting);
  expect(seen).toContainEqual({
    code: "interrupted",
    message: expect.stringMatching(/^Interrupted \(try 1 of 10\): /),
  });
  expect(seen.at(-1)).toBeNull();
});

test("a run behind another one of its integration says so", async () => {
  const ctx = await openTestWaybill();
  await endOf(ctx, await start(ctx));
  const somebody = new Client({ connectionString: ctx.database.url });
  await somebody.connect();
  onTestFinished(() => somebody.end());
  await somebody.query("begin; lock table waybill_data.people");
  const first = await start(ctx);
  await vi.waitFor(async () => expect((await getRun(ctx, { run: first })).phase).not.toBe("queued"));
  const second = await start(ctx);
  expect(await getRun(ctx, { run: first })).toMatchObject({ waiting: null });
  expect(await getRun(ctx, { run: second })).toMatchObject({
    waiting: { code: "others_first", message: "Another run of this integration must end first." },
  });
  await somebody.query("rollback");
  expect(await endOf(ctx, second)).toMatchObject({ status: "completed", waiting: null });
});

async function start(ctx: Context): Promise<string> {
  return await startFile(ctx, testDefinition(), { content: "id\n1\n" });
}
