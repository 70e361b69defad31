import { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { cancelRun } from "../run/cancel-run.ts";
import { getRun } from "../run/read-run.ts";
import { startRun, startRunInput } from "../run/start-run.ts";
import { untilBackend } from "../testing/interrupt-runs.ts";
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
  const somebody = new Client({ connectionString: ctx.database.url });
  await somebody.connect();
  onTestFinished(() => somebody.end());
  const run = await start(ctx, "{}", () => somebody.query("begin; lock table waybill.stored_file_chunks"));
  await vi.waitFor(async () => expect((await getRun(ctx, { run })).phase).toBe("opening"));
  await cancelRun(ctx, { run });
  expect(await endOf(ctx, run)).toMatchObject({ status: "cancelled", counts: { read: 0 } });
});

test.each(["{}", "{ commit: all-or-nothing }"])(
  "a run is cancelled in the midst of a slow batch (%s)",
  async (onError) => {
    const ctx = await openTestWaybill();
    await ctx.database.pool.query(`create table public.people (id text primary key);
    create function sleep() returns trigger language plpgsql as $$ begin perform pg_sleep(600); return new; end $$;
    create trigger sleep before insert on public.people for each row execute function sleep()`);
    const run = await start(ctx, onError);
    await untilBackend(ctx, "wait_event = 'PgSleep'");
    await cancelRun(ctx, { run });
    expect(await endOf(ctx, run)).toMatchObject({ status: "cancelled", kept: false });
    expect((await ctx.database.pool.query("select from public.people")).rowCount).toBe(0);
  },
);

async function start(
  ctx: Context,
  onError: string,
  beforehand = async (): Promise<unknown> => undefined,
): Promise<string> {
  await applyIntegration(ctx, { yaml: `${yaml}onError: ${onError}\n` });
  const { id: sourceFile } = await keepFile(ctx, "people.csv", "id\n1\n");
  await beforehand();
  return (await startRun(ctx, startRunInput.parse({ integration: "people", sourceFile }))).id;
}
