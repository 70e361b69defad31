import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runCli } from "./testing/cli.ts";
import { listenElsewhere } from "./testing/elsewhere.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test("a token that the server does not know is told with the setting that holds it", async () => {
  const ended = await runCli({ WAYBILL_URL: server.url, WAYBILL_TOKEN: "wrong" }, ["runs", "list"]);
  expect([ended.code, ended.stderr]).toEqual([
    4,
    "Error (not_signed_in): The server does not know this token. Check WAYBILL_TOKEN, or unset it to use the token of the server on this machine.\n",
  ]);
});

test.each([
  [200, "<!doctype html><title>Shop</title>"],
  [404, "<!doctype html><title>Not found</title>"],
  [200, '{"hello":"world"}'],
])("a server that answers %i %s is told to be none of Waybill's", async (status, body) => {
  const other = await listenElsewhere(status, body);
  for (const command of [
    ["runs", "list"],
    ["run", "x", "--file", import.meta.filename],
  ]) {
    const ended = await runCli({ WAYBILL_URL: other.url, WAYBILL_TOKEN: "x" }, command);
    expect([ended.code, ended.stderr]).toEqual([
      1,
      `Error (server_unknown): ${other.url} answers, but it is not a Waybill server. Check WAYBILL_URL.\n`,
    ]);
  }
});

test("a proxy whose server is away is told as a server that does not answer", async () => {
  const proxy = await listenElsewhere(502, "<h1>Bad Gateway</h1>");
  const ended = await runCli({ WAYBILL_URL: proxy.url, WAYBILL_TOKEN: "x" }, ["runs", "list"]);
  expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining("(server_unreachable)")]);
});
