import { Client } from "pg";
import { expect, test, vi } from "vitest";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { getRun } from "../run/read-run.ts";
import { startRun, startRunInput } from "../run/start-run.ts";
import { keepFile } from "../testing/run-file.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { executeRun } from "./execute-run.ts";

const statementsMin = 15;

test.each(["{}", "{ commit: all-or-nothing, stopAfterRejected: 0 }"])(
  "a run whose connection is lost after any statement of its loading is loaded exactly once (%s)",
  async (onError) => {
    const ctx = await openTestWaybill({ worker: false });
    const all = onError === "{}";
    await ctx.database.pool.query("create table public.people (id int primary key, name text check (name <> 'bad'))");
    await applyIntegration(ctx, { yaml: `${yaml}onError: ${onError}\n` });
    const content = `id,name\n1,a\n2,${all ? "bad" : "b"}\n3,c\nx,d\n`.replace(all ? "" : "x,d\n", "");
    const { id: sourceFile } = await keepFile(ctx, "people.csv", content);

    for (let statement = 1; ; statement++) {
      const { id: run } = await startRun(ctx, startRunInput.parse({ integration: "people", sourceFile }));
      const cut = cutAfter(ctx, statement);
      await executeRun(ctx, run, never).catch(() => undefined);
      cut.stop();
      if ((await getRun(ctx, { run })).status === "in_progress") await executeRun(ctx, run, never);
      expect(await getRun(ctx, { run })).toMatchObject({
        status: all ? "completed_with_errors" : "completed",
        counts: { read: all ? 4 : 3, inserted: all ? 2 : 3, updated: 0, unchanged: 0, rejected: all ? 2 : 0 },
      });
      expect((await ctx.database.pool.query("select id, name from public.people order by id")).rows).toEqual(
        all ? [row(1, "a"), row(3, "c")] : [row(1, "a"), row(2, "b"), row(3, "c")],
      );
      expect(await openTransactions(ctx)).toBe(0);
      await ctx.database.pool.query("truncate public.people");
      if (!cut.happened()) {
        expect(statement).toBeGreaterThan(statementsMin);
        return;
      }
    }
  },
);

const never = new AbortController().signal;

const row = (id: number, name: string) => ({ id, name });

/** Ends the session that sends the nth statement after a run began to load, once that statement is answered. */
function cutAfter(ctx: Context, nth: number) {
  let loading = false;
  let statements = 0;
  const query = Client.prototype.query as (...args: unknown[]) => unknown;
  const spy = vi.spyOn(Client.prototype, "query").mockImplementation(function (this: Client, ...args: unknown[]) {
    const answer = query.apply(this, args);
    loading ||= JSON.stringify(args[0]).includes('"loading"');
    if (!loading || ++statements !== nth || !(answer instanceof Promise)) return answer as never;
    return answer.then(async (value) => {
      await kill(ctx, (this as Client & { processID: number }).processID);
      return value;
    }) as never;
  });
  return { happened: () => statements >= nth, stop: () => spy.mockRestore() };
}

async function kill(ctx: Context, session: number): Promise<void> {
  const somebody = new Client({ connectionString: ctx.database.url });
  await somebody.connect();
  await somebody.query("select pg_terminate_backend($1, 5000)", [session]);
  await somebody.end();
}

async function openTransactions(ctx: Context): Promise<number> {
  const { rowCount } = await ctx.database.pool.query(
    "select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
  );
  return rowCount ?? -1;
}

const yaml = `waybill: 1
kind: integration
key: people
name: People
direction: import
fields:
  - { name: id, type: integer, required: true }
  - { name: name, type: text }
recordKey: [id]
destination: { table: public.people }
source: { sameBytes: silent }
`;
