import { expect, inject, onTestFinished, test } from "vitest";
import { checkDatabase, openDatabase, usesMax } from "./database.ts";
import { createLatin1Database, createTestDatabase } from "./testing/test-database.ts";

test("a database whose text is not UTF-8 is refused, with the statement that makes one that is", async () => {
  const database = await createLatin1Database(inject("postgres"));
  onTestFinished(database.drop);
  await expect(checkDatabase(database.url)).rejects.toThrow(
    "create database waybill encoding 'UTF8' template template0",
  );
});

test("a database that can be Waybill's passes", async () => {
  const database = await createTestDatabase(inject("postgres"));
  onTestFinished(database.drop);
  await expect(checkDatabase(database.url)).resolves.toBeUndefined();
});

test("a connection that was used often enough is given up for a new one", async () => {
  const { url, drop } = await createTestDatabase(inject("postgres"));
  onTestFinished(drop);
  const { pool, close } = await openDatabase(url, { max: 1 });
  onTestFinished(close);
  const session = async () => (await pool.query("select pg_backend_pid() as session")).rows[0].session;
  const usesOfOpening = 1;
  const sessions: number[] = [];
  for (let use = usesOfOpening; use < usesMax; use++) sessions.push(await session());
  expect(new Set(sessions).size).toBe(1);
  expect(sessions).not.toContain(await session());
});
