import { Client } from "pg";
import { expect, inject, test } from "vitest";
import { errorForPeople } from "./error-for-people.ts";

test("a database that is gone is said, and what to do", async () => {
  const fault = errorForPeople(await faultOf("postgres://127.0.0.1:1/none", "select 1"));
  expect(fault).toMatchObject({ code: "database_unreachable", message: expect.stringContaining("try again") });
});

test("a fault of ours is not said", async () => {
  expect(errorForPeople(await faultOf(inject("postgres").url, "select nothing_of_this_name"))).toBeNull();
  expect(errorForPeople(new TypeError("undefined is not a function"))).toBeNull();
});

async function faultOf(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(statement);
    throw new Error("There was no fault.");
  } catch (error) {
    return error;
  } finally {
    await client.end();
  }
}
