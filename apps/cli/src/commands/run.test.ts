import { resolve } from "node:path";
import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runCli } from "../testing/cli.ts";
import { runOnTerminal } from "../testing/terminal.ts";

const jobCodes = resolve(import.meta.dirname, "../../../../samples/files/job-codes.csv");
let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
  await cli("integrations", "delete", "punches-import", "--yes");
});

afterAll(() => server.close());

test.each([
  ["an integration that is not there", ["nobody-import", "--file", jobCodes], [1, "integration_unknown"]],
  ["one that is deleted", ["punches-import", "--file", jobCodes], [1, "integration_deleted"]],
  ["no source file", ["people-import", "--attach", `jobCodes=${jobCodes}`], [2, "wrong_usage"]],
  [
    "an attachment that is not there",
    ["people-import", "--file", jobCodes, "--attach", "jobCodes=/nothing"],
    [1, "file_unreadable"],
  ],
])("%s is refused before a file is sent", async (_, parameters, [exit, code]) => {
  const ended = await cli("run", ...parameters, "--json");
  expect([ended.code, JSON.parse(ended.stdout).error.code]).toEqual([exit, code]);
  expect(await storedFiles()).toEqual([]);
});

test("a source file that was left out is named where nobody can be asked, and asked for on a terminal", async () => {
  expect((await cli("run", "job-codes-import")).stderr).toBe(
    "Error (wrong_usage): Name the source file with --file PATH.\n",
  );
  const typed = await runOnTerminal(
    environment(),
    ["run", "job-codes-import"],
    [["Which source file?", `${jobCodes}\r`]],
  );
  expect([typed.code, typed.shown]).toEqual([0, expect.stringContaining("Completed")]);
});

test("a command that is repeated with its idempotency key gives back the run that it made", async () => {
  const command = ["run", "job-codes-import", "--file", jobCodes, "--idempotency-key", "codes-1", "--json"];
  const [first, again] = [await cli(...command), await cli(...command)];
  expect([again.code, JSON.parse(again.stdout).id]).toEqual([0, JSON.parse(first.stdout).id]);
});

async function storedFiles(): Promise<unknown[]> {
  const input = encodeURIComponent("{}");
  const headers = { Authorization: `Bearer ${server.token}` };
  const answer = await fetch(`${server.url}/trpc/files.list?input=${input}`, { headers });
  return ((await answer.json()) as { result: { data: { items: unknown[] } } }).result.data.items;
}

function cli(...parameters: string[]) {
  return runCli(environment(), parameters);
}

function environment() {
  return { WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token };
}
