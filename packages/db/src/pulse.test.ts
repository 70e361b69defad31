import { Client } from "pg";
import { expect, inject, onTestFinished, test, vi } from "vitest";
import { openDatabase } from "./database.ts";
import { startPulse } from "./pulse.ts";
import { laySwallowingLine } from "./testing/swallowing-line.ts";
import { createTestDatabase } from "./testing/test-database.ts";
import { transaction } from "./transaction.ts";

const times = { beatSeconds: 0.2, lapseSeconds: 1 };
const patience = { timeout: 20_000, interval: 20 };

test("on a line that swallows everything nothing hangs, and all of it works again when the line does", async () => {
  const { line, database, server } = await openSwallowable();
  const pulse = await startPulse(database, { ...times, beat: async (client) => void (await client.query("select 1")) });
  onTestFinished(() => pulse.stop());
  const { promise: began, resolve: tellBegun } = Promise.withResolvers<void>();
  const lost = transaction(database, async (client) => {
    await client.query("create table notes (text text)");
    tellBegun();
    await new Promise(() => undefined);
  });
  await began;
  line.swallow();
  const waiting = await Promise.allSettled([lost, database.pool.query("select 1")]);
  expect(waiting.map((one) => one.status)).toEqual(["rejected", "rejected"]);
  expect(pulse.steady()).toBe(false);
  expect(await countSessions(server)).toBeGreaterThan(0);
  line.carry();
  await vi.waitFor(() => expect(pulse.steady()).toBe(true), patience);
  expect((await database.pool.query("select 42 as answer")).rows).toEqual([{ answer: 42 }]);
  expect((await server.query("select to_regclass('notes') as notes")).rows).toEqual([{ notes: null }]);
  await vi.waitFor(async () => expect(await countSessions(server)).toBeLessThanOrEqual(2), patience);
});

test("stops at once, with its last word, and may be stopped again", async () => {
  const { database, server } = await openSwallowable();
  await server.query("create table beats (word text)");
  const say = (word: string) => async (client: Pick<Client, "query">) => {
    await client.query("insert into beats values ($1)", [word]);
  };
  const pulse = await startPulse(database, { beatSeconds: 60, lapseSeconds: 120, beat: say("beat"), end: say("end") });
  await Promise.all([pulse.stop(), pulse.stop()]);
  await pulse.stop();
  expect((await server.query("select word from beats")).rows).toEqual([{ word: "beat" }, { word: "end" }]);
});

test("does not start where there is no database", async () => {
  const { line, database } = await openSwallowable();
  const unreachable = new URL(line.url);
  unreachable.port = "1";
  const connection = { ...database.connection, connectionString: unreachable.href };
  const started = startPulse({ ...database, connection }, { ...times, beat: async () => undefined });
  await expect(started).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("tells once why its beats fail, and again after one was good", async () => {
  const { database, server } = await openSwallowable();
  await server.query("create table beats (word text)");
  const faults: unknown[] = [];
  let tries = 0;
  const beat = async (client: Pick<Client, "query">) => {
    tries++;
    await client.query("insert into beats values ('beat')");
  };
  const onFault = (error: unknown) => void faults.push(error);
  const pulse = await startPulse(database, { ...times, beatSeconds: 0.05, beat, onFault });
  onTestFinished(() => pulse.stop());
  await server.query("alter table beats rename to away");
  await vi.waitFor(() => expect(faults).toMatchObject([{ code: "42P01" }]), patience);
  const failed = tries;
  await vi.waitFor(() => expect(tries).toBeGreaterThan(failed + 1), patience);
  await server.query("alter table away rename to beats");
  await vi.waitFor(() => expect(pulse.steady()).toBe(true), patience);
  expect(faults).toHaveLength(1);
  await server.query("alter table beats rename to away");
  await vi.waitFor(() => expect(faults).toHaveLength(2), patience);
});

/** A database behind a line that can swallow, and a connection beside that line. */
async function openSwallowable() {
  const { url, drop } = await createTestDatabase(inject("postgres"));
  onTestFinished(drop);
  const server = new Client({ connectionString: url });
  await server.connect();
  onTestFinished(() => server.end());
  const line = await laySwallowingLine(url);
  const database = await openDatabase(line.url, { max: 4, applicationName: "swallowable" });
  onTestFinished(database.close);
  return { line, database, server };
}

async function countSessions(server: Client): Promise<number> {
  const sql = `select count(*)::int as n from pg_stat_activity
               where application_name = 'swallowable' and datname = current_database()`;
  return (await server.query<{ n: number }>(sql)).rows[0]?.n ?? 0;
}
