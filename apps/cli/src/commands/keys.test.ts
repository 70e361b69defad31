import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runCli } from "../testing/cli.ts";
import { runOnTerminal } from "../testing/terminal.ts";

const execute = promisify(execFile);
let server: Awaited<ReturnType<typeof startTestServer>>;
let home: string;
let lockedKey: string;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
  home = await mkdtemp(join(tmpdir(), "wg-"));
  lockedKey = join(home, "locked.asc");
  const gpg = ["--homedir", home, "--batch", "--pinentry-mode", "loopback", "--passphrase", "secret"];
  await execute("gpg", [...gpg, "--quick-generate-key", "Locked", "future-default", "default", "never"]);
  await writeFile(lockedKey, (await execute("gpg", [...gpg, "--armor", "--export-secret-keys"])).stdout);
});

afterAll(async () => {
  await execute("gpgconf", ["--homedir", home, "--kill", "gpg-agent"]);
  await rm(home, { recursive: true, force: true });
  await server.close();
});

test("a locked key says how to give its passphrase", async () => {
  const { code, stdout } = await runCli(environment(), ["keys", "import", lockedKey, "--json"]);
  expect([code, JSON.parse(stdout).error]).toMatchObject([
    1,
    {
      code: "key_passphrase_missing",
      message: expect.stringContaining("needs a passphrase. Give it with --passphrase-stdin."),
    },
  ]);
});

test("a passphrase is asked for on a terminal, and not shown", async () => {
  const { code, shown } = await runOnTerminal(
    environment(),
    ["keys", "import", lockedKey],
    [["Passphrase", "secret\r"]],
  );
  expect([code, shown]).toEqual([0, expect.stringContaining("can be opened now")]);
  expect(shown).not.toContain("secret");
});

test("a passphrase from standard input opens the key, and a wrong one is told as wrong", async () => {
  const parameters = ["keys", "import", lockedKey, "--passphrase-stdin"];
  expect((await runCli(environment(), parameters, "secret\n")).code).toBe(0);
  const wrong = await runCli(environment(), parameters, "guess\n");
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("(key_passphrase_wrong)")]);
});

function environment() {
  return { WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token };
}
