import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { migrate } from "./migrate.ts";
import { runOnServer, withDatabase } from "./testing/test-database.ts";

test("processes that start together bring an empty database to one schema", async () => {
  const url = await emptyDatabase();
  await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
  expect(await query(url, "select count(*)::int as n from waybill.migrations")).toEqual([{ n: 15 }]);
  expect(await query(url, "select count(*)::int as n from waybill.runs")).toEqual([{ n: 0 }]);
});

test("a migration that has changed since it was applied is refused, and so is one that is not known here", async () => {
  const url = await emptyDatabase();
  await migrate(url);
  await query(url, "update waybill.migrations set sha256 = 'other'");
  await expect(migrate(url)).rejects.toThrow("has changed");
  await query(url, "update waybill.migrations set name = '9999_future.sql' where name like '0000%'");
  await expect(migrate(url)).rejects.toThrow("newer Waybill");
});

async function emptyDatabase(): Promise<string> {
  const server = inject("postgres").url;
  const name = `waybill_empty_${randomUUID().replaceAll("-", "")}`;
  await runOnServer(server, `create database ${name}`);
  onTestFinished(() => runOnServer(server, `drop database ${name} with (force)`));
  return withDatabase(server, name);
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
