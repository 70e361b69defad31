import { afterEach, beforeEach, expect, inject, onTestFinished, test, vi } from "vitest";
import { type Database, openDatabase } from "./database.ts";
import { laySwallowingLine } from "./testing/swallowing-line.ts";
import { createTestDatabase } from "./testing/test-database.ts";
import { transaction } from "./transaction.ts";

let database: Database;
let drop: () => Promise<void>;

beforeEach(async () => {
  const fresh = await createTestDatabase(inject("postgres"));
  drop = fresh.drop;
  database = await openDatabase(fresh.url, { max: 4 });
  await database.pool.query("create table notes (text text)");
});

afterEach(async () => {
  await database.close();
  await drop();
});

test("keeps what was done, and gives the value", async () => {
  const value = await transaction(database, async (client) => {
    await client.query("insert into notes values ('kept')");
    return 42;
  });
  expect(value).toBe(42);
  expect(await notes()).toEqual(["kept"]);
});

test("takes all back when the work throws, and the connection is used again", async () => {
  const failing = transaction(database, async (client) => {
    await client.query("insert into notes values ('gone')");
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await notes()).toEqual([]);
  expect(database.pool.idleCount).toBe(1);
});

test("gives up its statement and its locks when it is aborted, with the reason", async () => {
  const aborting = new AbortController();
  const running = transaction(
    database,
    async (client) => {
      await client.query("insert into notes values ('gone')");
      await client.query("lock table notes in access exclusive mode; select pg_sleep(600)");
    },
    aborting.signal,
  );
  const sleeping = "select from pg_stat_activity where query like '%pg_sleep(600)' and pid <> pg_backend_pid()";
  await vi.waitFor(async () => expect((await database.pool.query(sleeping)).rowCount).toBe(1));
  aborting.abort(new Error("enough"));
  await expect(running).rejects.toThrow("enough");
  await expect(transaction(database, async () => undefined, aborting.signal)).rejects.toThrow("enough");
  expect(await notes()).toEqual([]);
});

test("does not use its connection again when it is aborted while it takes all back", async () => {
  const aborting = new AbortController();
  let backend: number | undefined;
  const failing = transaction(
    database,
    async (client) => {
      backend = (await client.query<{ pid: number }>("select pg_backend_pid() as pid")).rows[0]?.pid;
      setImmediate(() => aborting.abort(new Error("enough")));
      throw new Error("no");
    },
    aborting.signal,
  );
  await expect(failing).rejects.toThrow("no");
  expect(aborting.signal.aborted).toBe(true);
  const left = "select from pg_stat_activity where pid = $1";
  await vi.waitFor(async () => expect((await database.pool.query(left, [backend])).rowCount).toBe(0));
});

test.each(["carries", "swallows"])("begins no work when it is aborted before, on a line that %s", async (kind) => {
  const line = await laySwallowingLine(database.url);
  const reached = await openDatabase(line.url, { max: 1 });
  onTestFinished(async () => {
    reached.dropConnections();
    await reached.close();
  });
  if (kind === "swallows") line.swallow();
  const aborting = new AbortController();
  const work = vi.fn();
  const running = transaction(reached, work, aborting.signal);
  aborting.abort(new Error("enough"));
  await expect(running).rejects.toThrow("enough");
  expect(work).not.toHaveBeenCalled();
});

test("rejects when a statement failed and the work went on as if it had not", async () => {
  const running = transaction(database, async (client) => {
    await client.query("insert into notes values ('lost')");
    await client.query("select 1/0").catch(() => undefined);
    return "done";
  });
  await expect(running).rejects.toThrow("nothing of it was committed");
  expect(await notes()).toEqual([]);
  expect(database.pool.idleCount).toBe(1);
});

test("rejects at once when the connection dies, and nothing later reaches a server", async () => {
  const { promise: died, resolve: tellDied } = Promise.withResolvers<void>();
  const later = Promise.withResolvers<unknown>();
  const running = transaction(database, async (client) => {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    await client.query("insert into notes values ('before')");
    client.once("end", tellDied);
    await database.pool.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await died;
    client.query("insert into notes values ('after')").then(later.resolve, later.resolve);
    await new Promise(() => undefined);
  });
  await expect(running).rejects.toThrow(/terminat|connection/i);
  expect(await later.promise).toBeInstanceOf(Error);
  expect(await notes()).toEqual([]);
});

async function notes(): Promise<string[]> {
  return (await database.pool.query<{ text: string }>("select text from notes")).rows.map((row) => row.text);
}
