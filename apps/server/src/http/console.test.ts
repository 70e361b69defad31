import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test.each([
  ["GET", "/assets/gone.js"],
  ["GET", "/assets/gone"],
  ["GET", "/favicon-gone.ico"],
  ["GET", "/wp-login.php"],
  ["GET", "/files"],
  ["GET", "/files/any"],
  ["GET", "/metrics/any"],
  ["GET", "/runs/any/rows"],
  ["GET", "/runs/any/source/more"],
  ["POST", "/anything"],
  ["DELETE", "/runs/any"],
])("%s %s is 404, and says so in JSON", async (method, path) => {
  const answer = await server.ask(path, { method });
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ error: { code: "address_unknown", details: {} } });
});

test.each(["/", "/run", "/runs", "/runs/any", "/runs/people%202026.11", "/signed-out"])(
  "%s is a page of the console",
  async (path) => {
    // Where the console is not built, its pages say so.
    const answer = await server.ask(path);
    expect(answer.headers.get("content-type")).toMatch(/^text\//);
    expect(await answer.text()).toMatch(/<!doctype html>|The console is not built/i);
  },
);
