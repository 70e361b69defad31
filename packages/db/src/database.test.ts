import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { checkDatabase } from "./database.ts";
import { createTestDatabase, runOnServer, withDatabase } from "./testing/test-database.ts";

test("a database whose text is not UTF-8 is refused, with the statement that makes one that is", async () => {
  const url = await databaseInLatin1(inject("postgres").url);
  await expect(checkDatabase(url)).rejects.toThrow("create database waybill encoding 'UTF8' template template0");
});

test("a database that can be Waybill's passes", async () => {
  const database = await createTestDatabase(inject("postgres"));
  onTestFinished(database.drop);
  await expect(checkDatabase(database.url)).resolves.toBeUndefined();
});

async function databaseInLatin1(server: string): Promise<string> {
  const name = `waybill_latin1_${randomUUID().replaceAll("-", "")}`;
  const provider = (await versionOf(server)) >= 150_000 ? "locale_provider libc" : "";
  await runOnServer(server, `create database ${name} encoding 'LATIN1' template template0 locale 'C' ${provider}`);
  onTestFinished(() => runOnServer(server, `drop database ${name} with (force)`));
  return withDatabase(server, name);
}

async function versionOf(server: string): Promise<number> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    const { rows } = await client.query("select current_setting('server_version_num')::int as number");
    return rows[0].number;
  } finally {
    await client.end();
  }
}
