import { resolve } from "node:path";
import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runCli } from "./testing/cli.ts";

const jobCodes = resolve(import.meta.dirname, "../../../samples/files/job-codes.csv");
let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
  await cli("run", "job-codes-import", "--file", jobCodes, "--name", "Codes");
});

afterAll(() => server.close());

test.each([
  [["integrations", "show", "job-codes-import", "--at", "abc"], "Give a whole number from 1 to 2147483647."],
  [["integrations", "show", "job-codes-import", "--at", "2147483648"], "Give a whole number from 1 to 2147483647."],
  [["integrations", "show", "job-codes-import", "--at", "0"], "Give a whole number from 1 to 2147483647."],
  [["runs", "list", "--limit", "501"], "Give a whole number from 1 to 500."],
  [["keys", "generate", "--user-id", ""], "Give 1 to 200 characters."],
  [["keys", "generate", "--user-id", " "], "Give 1 to 200 characters."],
  [["keys", "generate", "--user-id", "n".repeat(201)], "Give 1 to 200 characters."],
  [["runs", "source", "Codes", "--out", "/nodir/x"], 'There is no folder "/nodir". Make it first'],
  [["runs", "source", "Codes", "--out", `${jobCodes}/x`], `There is no folder ${JSON.stringify(jobCodes)}.`],
  [["runs", "errors", "Codes", "--out", "/tmp"], '"/tmp" is a folder. Add the name'],
])("%j is wrong usage that says what to give", async (parameters, message) => {
  const { code, stdout, stderr } = await cli(...parameters);
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
});

test("the ends of what is allowed are", async () => {
  expect((await cli("runs", "list", "--limit", "500")).code).toBe(0);
  expect((await cli("integrations", "show", "job-codes-import", "--at", "1")).code).toBe(0);
  expect((await cli("integrations", "show", "job-codes-import", "--at", "2147483647")).code).toBe(1);
  expect((await cli("runs", "list", "--help")).stdout).toContain("1 to 500 (default: 50)");
});

function cli(...parameters: string[]) {
  return runCli({ WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token }, parameters);
}
