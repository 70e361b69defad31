import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { temporaryFolder } from "@waybill/core/testing/real-tools";
import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runCli } from "../testing/cli.ts";
import { runOnTerminal } from "../testing/terminal.ts";

const spoof = "\u009b2J\u202e\u2028.";
const writtenOut = "\\x9b2J\\u202e\\u2028.";
const yaml = `waybill: 1
kind: integration
key: spoof # ${spoof}
name: Spoof
direction: import
fields: [{ name: code, type: text, required: true }]
recordKey: [code]
destination: { dataset: spoof, mode: upsert }

`;
let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test("an error shows what would command a terminal as signs", async () => {
  const { stderr } = await cli("runs", "show", spoof);
  expect(stderr).toContain(writtenOut);
});

test("a run's name is shown as signs, in a table and alone", async () => {
  const name = "Ann \u200f\u2028.";
  const file = resolve(import.meta.dirname, "../../../../samples/files/job-codes.csv");
  const run = await cli("run", "job-codes-import", "--file", file, "--name", name, "--detach");
  expect(run.stdout).toContain("Started Ann \\u200f\\u2028.");
  expect((await cli("runs", "list")).stdout).toContain("Ann \\u200f\\u2028.");
});

test("a definition comes out as it went in, and on a terminal as signs", async () => {
  const path = join(await temporaryFolder(), "spoof.yaml");
  await writeFile(path, yaml);
  expect(await cli("integrations", "apply", path)).toMatchObject({ stderr: "" });
  expect((await cli("integrations", "show", "spoof")).stdout).toBe(yaml);
  expect((await runOnTerminal(environment(), ["integrations", "show", "spoof"])).shown).toContain(writtenOut);
});

function cli(...parameters: string[]) {
  return runCli(environment(), parameters);
}

function environment() {
  return { WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token };
}
