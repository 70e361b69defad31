import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { createTestDatabase } from "@waybill/db/testing/test-database";
import { Client } from "pg";
import { expect, inject, onTestFinished, test, vi } from "vitest";
import { openServices } from "./open-services.ts";
import { fakeClock } from "./testing/test-services.ts";

test("services that cannot be opened leave no connection behind", async () => {
  const { url, drop } = await createTestDatabase(inject("postgres"));
  onTestFinished(drop);
  const server = new Client({ connectionString: url });
  await server.connect();
  onTestFinished(() => server.end());
  await server.query("create schema if not exists waybill_queue");
  await server.query("drop schema waybill_queue cascade");
  await server.query("create schema waybill_queue create table version (nothing text)");
  const opened = openServices({
    databaseUrl: url,
    masterKey: randomBytes(32),
    clock: fakeClock(),
    log: { info: () => undefined, error: () => undefined },
    temporaryFolder: tmpdir(),
    timeZone: "Europe/Berlin",
  });
  await expect(opened).rejects.toThrow();
  await vi.waitFor(async () => expect(await others(server)).toEqual([]), { timeout: 10_000 });
});

/** What else is connected to the database of this connection. */
async function others(server: Client): Promise<unknown[]> {
  const sql = `select query from pg_stat_activity
               where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`;
  return (await server.query(sql)).rows;
}
