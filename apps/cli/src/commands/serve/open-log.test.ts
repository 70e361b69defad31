import { Client } from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { openLog } from "./open-log.ts";

test.each([
  ["an insert", "insert into people values ('ada@example.com'), ('ada@example.com')"],
  ["a statement within another", "do $$ begin execute 'insert into people select ''ada@example.com'', 1 / 0'; end $$"],
])("the log names the fault of %s, and no value of its record", async (_, sql) => {
  const lines: string[] = [];
  const log = openLog("warn", { write: (line) => void lines.push(line) });
  const error = await failing(sql);
  expect(JSON.stringify({ ...error })).toContain("ada@example.com");
  log.error({ err: error, run: "r1", attempt: 2 }, "A run was interrupted.");
  const [line] = lines.map((text) => JSON.parse(text));
  expect(line).toMatchObject({ msg: "A run was interrupted.", run: "r1", attempt: 2, err: { code: error.code } });
  expect(lines.join("")).not.toContain("ada@example.com");
});

/** The error that a statement ends with, over a table of people. */
async function failing(sql: string): Promise<Error & { code: string }> {
  const client = new Client({ connectionString: inject("postgres").url });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query("create temporary table people (email text primary key, age integer)");
  const [settled] = await Promise.allSettled([client.query(sql)]);
  if (settled.status === "fulfilled") throw new Error("The statement was to fail.");
  return settled.reason;
}
