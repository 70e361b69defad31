import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@waybill/core/testing/real-tools";
import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runCli } from "../testing/cli.ts";
import { runOnTerminal } from "../testing/terminal.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test("of several files the faulty one is named, with what was applied before it", async () => {
  const folder = await temporaryFolder();
  const [good, bad] = [join(folder, "good.yaml"), join(folder, "bad.yaml")];
  await writeFile(good, (await cli("integrations", "show", "job-codes-import")).stdout);
  await writeFile(bad, "waybill: 1\n");
  const { code, stderr } = await cli("integrations", "apply", good, bad);
  expect([code, stderr]).toEqual([1, expect.stringContaining(`Error (definition_invalid): ${bad}: The definition`)]);
  expect(stderr).toMatch(/^Applied before it: job-codes-import\.$/m);
  const { error } = JSON.parse((await cli("integrations", "apply", good, bad, "--json")).stdout);
  expect(error.details).toMatchObject({
    file: bad,
    applied: [{ file: good, key: "job-codes-import", outcome: "unchanged" }],
  });
});

test.each([
  ["integrations list --search nobody", "No integration fits."],
  ["runs list --status failed", "No run fits."],
  ["runs list --integration people-import", "No run fits."],
  ["runs list", "No runs. Start one:"],
])("'%s' says why it is empty", async (command, message) => {
  const { code, stdout } = await cli(...command.split(" "));
  expect([code, stdout]).toEqual([0, expect.stringContaining(message)]);
});

test.each([
  ["No", "n"],
  ["Ctrl-C", "\u0003"],
])("%s at the question leaves all as it was, and says so once", async (_, typed) => {
  const { code, shown } = await runOnTerminal(
    { WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token },
    ["integrations", "delete", "people-import"],
    [["Delete the integration people-import?", typed]],
  );
  expect([code, shown.match(/Nothing was done\./g), shown.includes("Error")]).toEqual([
    2,
    ["Nothing was done."],
    false,
  ]);
  expect((await cli("integrations", "list")).stdout).toContain("people-import");
});

test("nobody is asked whether to delete what is not there", async () => {
  const { code, stderr } = await cli("integrations", "delete", "nobody");
  expect([code, stderr]).toEqual([1, expect.stringContaining("(integration_unknown)")]);
});

test("an integration that was deleted is restored at its newest version", async () => {
  expect((await cli("integrations", "delete", "job-codes-import", "--yes")).stdout).toContain(
    "'npx waybill integrations restore job-codes-import' undoes that.",
  );
  expect((await cli("integrations", "list")).stdout).not.toContain("job-codes-import");
  expect((await cli("integrations", "restore", "job-codes-import")).stdout).toBe(
    "Restored job-codes-import, version 1.\n",
  );
  expect((await cli("integrations", "list")).stdout).toContain("job-codes-import");
  expect((await cli("integrations", "restore", "nobody")).stderr).toContain("(integration_unknown)");
});

function cli(...parameters: string[]) {
  return runCli({ WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token }, parameters);
}
