import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runCli } from "./testing/cli.ts";
import { listenElsewhere } from "./testing/elsewhere.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test("the token of this machine's server goes to it by its address too", async () => {
  expect((await runCli({ WAYBILL_HOME: server.home, WAYBILL_URL: `${server.url}/` }, ["runs", "list"])).code).toBe(0);
});

test("the token of this machine's server goes to no other, which needs its own", async () => {
  const other = await listenElsewhere(404, "");
  const { code, stderr } = await runCli({ WAYBILL_HOME: server.home, WAYBILL_URL: other.url }, ["runs", "list"]);
  expect(other.calls).toEqual(["/healthz"]);
  expect(other.tokens).toEqual([undefined]);
  expect([code, stderr]).toEqual([
    4,
    `Error (not_signed_in): No token for ${other.url}. Give one in WAYBILL_TOKEN; it is in the file \`token\` of that server's WAYBILL_HOME.\n`,
  ]);
});

test("where no server answers, that is said, and not that a token is missing", async () => {
  const gone = "http://127.0.0.1:1";
  const { code, stderr } = await runCli({ WAYBILL_HOME: server.home, WAYBILL_URL: gone }, ["schedules", "list"]);
  expect([code, stderr]).toEqual([
    1,
    `Error (server_unreachable): No server answers at ${gone}. See that it runs, or name another in WAYBILL_URL.\n`,
  ]);
});

test("a server below a path is asked there", async () => {
  const other = await listenElsewhere(404, "");
  await runCli({ WAYBILL_URL: `${other.url}/waybill`, WAYBILL_TOKEN: "x" }, ["datasets", "list"]);
  expect(other.calls).toEqual(["/waybill/trpc/datasets.list"]);
});

test.each([
  ["WAYBILL_URL", "localhost", "an http or https address"],
  ["WAYBILL_URL", "127.0.0.1:4600", "an http or https address"],
  ["WAYBILL_URL", "ftp://127.0.0.1", "an http or https address"],
  ["WAYBILL_URL", "http://user:secret@127.0.0.1", "the address alone"],
  ["WAYBILL_URL", "http://127.0.0.1/?x=1", "the address alone"],
  ["WAYBILL_TOKEN", "sec ret", "printable ASCII"],
  ["WAYBILL_TOKEN", "secrét", "printable ASCII"],
  ["WAYBILL_TOKEN", "sec\nret", "printable ASCII"],
])("%s=%j is wrong usage that names the setting and keeps secrets", async (name, value, meaning) => {
  const { code, stderr } = await runCli({ WAYBILL_HOME: server.home, [name]: value }, ["runs", "list"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(`Error (wrong_usage): ${name} must be ${meaning}`)]);
  expect(stderr).not.toMatch(/secr|sec\s?r/);
});
