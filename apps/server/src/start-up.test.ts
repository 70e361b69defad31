import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLatin1Database, createTestDatabase, runOnServer, withDatabase } from "@waybill/db/testing/test-database";
import { Client } from "pg";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { serve } from "./serve.ts";
import { readServerSettings } from "./settings.ts";
import { startTestServer } from "./testing/test-server.ts";

describe("a server that cannot start names the setting and says what to do:", () => {
  test("a port that is taken", async () => {
    const other = await startTestServer(inject("postgres"));
    onTestFinished(() => other.close());
    await expect(start({ PORT: new URL(other.url).port })).rejects.toThrow(/^PORT \d+ .* Set PORT to a free one\.$/);
  });

  test.each(["192.0.2.1", "nowhere.invalid", " "])("the host %j", async (HOST) => {
    await expect(start({ HOST })).rejects.toThrow(/^HOST ".*" is not an address of this machine\. Set HOST to /);
  });

  test("a home that is a file, or lies below one", async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, "file"), "");
    for (const home of [join(folder, "file"), join(folder, "file", "home")]) {
      await expect(start({ WAYBILL_HOME: home })).rejects.toThrow(/^WAYBILL_HOME .* Set WAYBILL_HOME to a folder/);
    }
  });

  test.each([
    ["postgres://u:hush@127.0.0.1:1/d", "no Postgres answers at 127.0.0.1:1. Start it"],
    ["postgres://u:hush@nowhere.invalid/d", "there is no host nowhere.invalid. Correct it."],
  ])("a database that is not reached at %s", async (url, sentence) => {
    const error = await start({ DATABASE_URL: url }).catch((fault: Error) => fault.message);
    expect(error).toContain(`DATABASE_URL cannot be used: ${sentence}`);
    expect(error).not.toContain("hush");
  });

  test("a master key that the database was not used with", async () => {
    const other = await startTestServer(inject("postgres"));
    onTestFinished(() => other.close());
    await expect(start({ DATABASE_URL: other.databaseUrl })).rejects.toThrow(/another master key .* WAYBILL_HOME that/);
    const headers = { Authorization: `Bearer ${other.token}` };
    expect((await fetch(`${other.url}/trpc/system.info`, { headers })).status).toBe(200);
  });

  test("a database that is not there", async () => {
    const url = withDatabase(inject("postgres").url, "nothing_here");
    await expect(start({ DATABASE_URL: url })).rejects.toThrow(
      /^DATABASE_URL cannot be used: there is no database "nothing_here" .* create database "nothing_here"/,
    );
  });

  test("a database that does not answer", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    onTestFinished(() => void silent.close());
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    await expect(start({ DATABASE_URL: `postgres://waybill@127.0.0.1:${port}/waybill` })).rejects.toThrow(
      `DATABASE_URL cannot be used: nothing answers at 127.0.0.1:${port}. Correct the host and the port`,
    );
  });

  test("a database that is read-only", async () => {
    const { url, name } = await emptyDatabase();
    await runOnServer(url, `alter database ${name} set default_transaction_read_only = on`);
    await expect(start({ DATABASE_URL: url })).rejects.toThrow(
      "DATABASE_URL cannot be used: it is read-only. Name one",
    );
  });

  test("a user without rights, and one that nobody knows", async () => {
    const { url, name } = await emptyDatabase();
    const role = `waybill_guest_${randomUUID().replaceAll("-", "")}`;
    await runOnServer(url, `create role ${role} login password 'right'`);
    onTestFinished(() => runOnServer(url, `drop role ${role}`));
    const as = (username: string) => Object.assign(new URL(url), { username, password: "right" }).href;
    await expect(start({ DATABASE_URL: as(role) })).rejects.toThrow(
      `Allow it with: grant create on database "${name}" to "${role}"`,
    );
    await expect(start({ DATABASE_URL: as("nobody_here") })).rejects.toThrow(
      'DATABASE_URL cannot be used: Postgres does not let "nobody_here" in. Correct the user and the password.',
    );
  });

  test("a database in another encoding, and nothing is written to it", async () => {
    const { url, drop } = await createLatin1Database(inject("postgres"));
    onTestFinished(drop);
    await expect(start({ DATABASE_URL: url })).rejects.toThrow(
      /^DATABASE_URL cannot be used: .*create database waybill encoding 'UTF8' template template0$/,
    );
    expect(await schemas(url)).not.toContain("waybill");
  });
});

/** Starts a server that is stopped again when, against what the test expects, it runs. */
async function start(environment: Record<string, string>): Promise<never> {
  const database = environment.DATABASE_URL ? null : await createTestDatabase(inject("postgres"));
  onTestFinished(async () => database?.drop());
  const given = { DATABASE_URL: database?.url, WAYBILL_HOME: await makeFolder(), PORT: "0", ...environment };
  const server = await serve(readServerSettings(given), console);
  await server.close();
  throw new Error("The server started.");
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-start-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function emptyDatabase(): Promise<{ url: string; name: string }> {
  const server = inject("postgres").url;
  const name = `waybill_start_${randomUUID().replaceAll("-", "")}`;
  await runOnServer(server, `create database ${name}`);
  onTestFinished(() => runOnServer(server, `drop database ${name} with (force)`));
  return { url: withDatabase(server, name), name };
}

async function schemas(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query("select nspname as name from pg_namespace")).rows.map((row) => row.name);
  } finally {
    await client.end();
  }
}
