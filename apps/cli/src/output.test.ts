import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type CliResult, cleanEnvironment, main, runCli } from "./testing/cli.ts";

const people = resolve(import.meta.dirname, "../../../samples/files/people.csv");
let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
  await runCli(environment(), ["run", "people-import", "--file", people, "--name", "People"]);
});

afterAll(() => server.close());

test.each(["runs list --json", "runs list", "runs source People", "integrations schema", "runs show nobody --json"])(
  "'%s > /dev/full' says that its output is lost, once, and exits 1",
  async (command) => {
    const { code, stderr } = await inShell(`waybill ${command} > /dev/full`);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^Error \(output_failed\): .*ENOSPC.*\n$/)]);
  },
);

test.each(["runs source People", "runs list"])("'%s | head -c 1' is no fault", async (command) => {
  expect(await inShell(`set -o pipefail; waybill ${command} | head -c 1 > /dev/null`)).toMatchObject({
    code: 0,
    stderr: "",
  });
});

/** Runs a script in a shell that knows `waybill`. */
function inShell(script: string): Promise<CliResult> {
  const env = cleanEnvironment({ ...environment(), NODE: process.execPath, MAIN: main });
  return new Promise((resolve) => {
    const child = execFile(
      "bash",
      ["-c", `waybill() { "$NODE" "$MAIN" "$@"; }; ${script}`],
      { env },
      (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

function environment() {
  return { WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token };
}
