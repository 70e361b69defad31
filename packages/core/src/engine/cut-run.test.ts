import { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { getRun } from "../run/read-run.ts";
import { startRun, startRunInput } from "../run/start-run.ts";
import { keepFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { executeRun } from "./execute-run.ts";

/** What stands in the statements of a batch, in their order: the connection must have been lost after each of them. */
const beginning = ["begin; set", "pg_try_advisory_xact_lock", "relkind", "savepoint waybill_batch"];
const ending = ["release savepoint", "with recorded as", "commit"];
const sent = [...beginning, "json_to_recordset", ...ending];
const staged = [...beginning, "create temporary table", "having count", "with waybill_given as", ...ending];

test.each([
  ["{}", 0, sent],
  ["{}", 100, staged],
  ["{ commit: all-or-nothing, stopAfterRejected: 0 }", 0, sent],
  ["{ commit: all-or-nothing, stopAfterRejected: 0 }", 100, staged],
])(
  "a run whose connection is lost after any statement of its loading is loaded exactly once (%s, and %i records more)",
  async (onError, more, statements) => {
    const listening = listenToStatements();
    const ctx = await openTestWaybill({ worker: false });
    const all = onError === "{}";
    await ctx.database.pool.query("create table public.people (id int primary key, name text check (name <> 'bad'))");
    await applyIntegration(ctx, { yaml: `${yaml}onError: ${onError}\n` });
    const others = Array.from({ length: more }, (_, index) => row(index + 10, "e"));
    const lines = ["1,a", all ? "2,bad" : "2,b", "3,c", ...(all ? ["x,d"] : []), ...others.map(({ id }) => `${id},e`)];
    const content = `id,name\n${lines.join("\n")}\n`;
    const { id: sourceFile } = await keepFile(ctx, "people.csv", content);

    for (let statement = 1; ; statement++) {
      const { id: run } = await startRun(ctx, startRunInput.parse({ integration: "people", sourceFile }));
      listening.cutAfter(ctx, statement);
      await executeRun(ctx, run, never).catch(() => undefined);
      const cut = listening.stop();
      if ((await getRun(ctx, { run })).status === "in_progress") await executeRun(ctx, run, never);
      expect(await getRun(ctx, { run })).toMatchObject({
        status: all ? "completed_with_errors" : "completed",
        counts: { read: lines.length, inserted: more + (all ? 2 : 3), updated: 0, unchanged: 0, rejected: all ? 2 : 0 },
      });
      expect((await ctx.database.pool.query("select id, name from public.people order by id")).rows).toEqual([
        ...(all ? [row(1, "a"), row(3, "c")] : [row(1, "a"), row(2, "b"), row(3, "c")]),
        ...others,
      ]);
      await vi.waitFor(async () => expect(await openTransactions(ctx)).toBe(0), { timeout: 10_000 });
      await ctx.database.pool.query("truncate public.people");
      if (!cut) {
        for (const part of statements) expect(listening.cuts).toContainEqual(expect.stringContaining(part));
        return;
      }
    }
  },
);

const never = new AbortController().signal;

const row = (id: number, name: string) => ({ id, name });

/**
 * Listens to every statement of every client that is made from now on. `cutAfter` arms it: then the session that sends
 * the nth statement of a transaction after a run began to load is ended, once that statement is answered.
 */
function listenToStatements() {
  const cuts: string[] = [];
  const disarmed = { ctx: null as Context | null, nth: 0, loading: false, statements: 0, sessions: new Set<Client>() };
  let armed = disarmed;
  const query = Client.prototype.query as (...args: unknown[]) => unknown;
  const spy = vi.spyOn(Client.prototype, "query").mockImplementation(function (this: Client, ...args: unknown[]) {
    const answer = query.apply(this, args);
    const { ctx, sessions } = armed;
    if (!ctx) return answer as never;
    const text = textOf(args[0]);
    armed.loading ||= text.includes('"loading"');
    // A transaction that was cut before may still send what reaches nobody, so a session counts from its own beginning.
    if (armed.loading && text.startsWith("begin; ")) sessions.add(this);
    if (!sessions.has(this) || ++armed.statements !== armed.nth || !(answer instanceof Promise)) return answer as never;
    cuts.push(text);
    return answer.then(async (value) => {
      await kill(ctx, (this as Client & { processID: number }).processID);
      return value;
    }) as never;
  });
  onTestFinished(() => spy.mockRestore());
  return {
    /** The statements after which a connection was lost, with their values. */
    cuts,
    cutAfter(ctx: Context, nth: number) {
      armed = { ...disarmed, ctx, nth, sessions: new Set() };
    },
    /** Whether so many statements came. */
    stop(): boolean {
      const reached = armed.statements >= armed.nth;
      armed = disarmed;
      return reached;
    },
  };
}

function textOf(statement: unknown): string {
  if (typeof statement === "string") return statement;
  const { text, values } = statement as { text: string; values: unknown };
  return `${text} ${JSON.stringify(values)}`;
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

const yaml = testDefinition({
  fields: "[{ name: id, type: integer, required: true }, { name: name, type: text }]",
  destination: "{ table: public.people }",
  source: "{ sameBytes: silent }",
});
