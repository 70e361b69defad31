import { expect, inject, onTestFinished, test } from "vitest";
import { checkDatabase } from "./database.ts";
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
