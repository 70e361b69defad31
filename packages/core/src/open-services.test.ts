import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { laySwallowingLine } from "@waybill/db/testing/swallowing-line";
import { createTestDatabase } from "@waybill/db/testing/test-database";
import { Client } from "pg";
import { expect, inject, onTestFinished, test, vi } from "vitest";
import { openServices } from "./open-services.ts";
import { fakeClock } from "./testing/test-services.ts";

test("services that cannot be opened leave no connection behind", async () => {
  const { url, server } = await openFresh();
  await server.query("create schema if not exists waybill_queue");
  await server.query("drop schema waybill_queue cascade");
  await server.query("create schema waybill_queue create table version (nothing text)");
  await expect(open(url)).rejects.toThrow();
  await vi.waitFor(async () => expect(await others(server)).toEqual([]), { timeout: 10_000 });
});

test("services that close let a statement come to its end", async () => {
  const { url, server } = await openFresh();
  await server.query("select pg_advisory_lock(1)");
  const services = await open(url);
  const sql = "select 42 as answer, pg_advisory_xact_lock(1)";
  const asked = services.database.pool.query(sql);
  const closed = services.close();
  await vi.waitFor(async () => expect(await others(server)).toEqual([{ query: sql }]), { timeout: 10_000 });
  await server.query("select pg_advisory_unlock(1)");
  expect((await asked).rows).toMatchObject([{ answer: 42 }]);
  await closed;
});

test("services close where the database swallows everything", async () => {
  const { url } = await openFresh();
  const line = await laySwallowingLine(url);
  const services = await open(line.url);
  line.swallow();
  const asked = expect(services.database.pool.query("select 42 as answer")).rejects.toThrow();
  await services.close();
  await asked;
});

/** A database of its own, and a connection to it beside those of the services. */
async function openFresh(): Promise<{ url: string; server: Client }> {
  const { url, drop } = await createTestDatabase(inject("postgres"));
  onTestFinished(drop);
  const server = new Client({ connectionString: url });
  await server.connect();
  onTestFinished(() => server.end());
  return { url, server };
}

function open(databaseUrl: string): ReturnType<typeof openServices> {
  return openServices({
    databaseUrl,
    masterKey: randomBytes(32),
    clock: fakeClock(),
    log: { info: () => undefined, error: () => undefined },
    temporaryFolder: tmpdir(),
    timeZone: "Europe/Berlin",
  });
}

/** What else is connected to the database of this connection. */
async function others(server: Client): Promise<unknown[]> {
  const sql = `select query from pg_stat_activity
               where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`;
  return (await server.query(sql)).rows;
}
