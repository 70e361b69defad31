import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { temporaryFolder } from "@waybill/core/testing/real-tools";
import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { runCli } from "./testing/cli.ts";

const people = resolve(import.meta.dirname, "../../../samples/files/people.csv");
let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
  await cli("run", "people-import", "--file", people, "--name", "People");
});

afterAll(() => server.close());

describe("with --json", () => {
  test.each([
    ["run people-import --nonsense", "Unknown option '--nonsense'. Add --help for what there is."],
    ["runs show", "Missing required argument 'run'. Add --help for what there is."],
    ["runs lst", "Unknown command 'lst' (Did you mean list?) Add --help for what there is."],
    ["runs list --limit none", "Option '--limit <count>' argument 'none' is invalid."],
    ["runs list --status odd", "Option '--status <status>' argument 'odd' is invalid."],
    ["run people-import --param x", "Write it as key=value"],
    ["run people-import --param x=1 --param x=2", "x is given twice"],
    ["keys generate", "Required option '--user-id <text>' not specified."],
    ["runs show a b", "Too many arguments"],
    ["serve", "Unknown option '--json'"],
    ["nonsense", "Unknown command 'nonsense'."],
    ["run", "Name the integration to run"],
  ])("'%s' is one object of wrong usage, and nothing else", async (command, message) => {
    const { code, stdout, stderr } = await cli(...command.split(" "), "--json");
    expect([code, stderr, JSON.parse(stdout)]).toEqual([
      2,
      "",
      { error: { code: "wrong_usage", message: expect.stringContaining(message), details: {} } },
    ]);
    expect(stdout.trim().split("\n")).toHaveLength(1);
  });

  test("the schema is one object on one line", async () => {
    const { stdout } = await cli("integrations", "schema", "--json");
    expect(JSON.parse(stdout)).toHaveProperty("properties.fields");
    expect(stdout.trim().split("\n")).toHaveLength(1);
  });

  test.each(["source", "errors"])("runs %s answers where it wrote how much, and faults", async (command) => {
    const path = join(await temporaryFolder(), "got.csv");
    const { stdout } = await cli("runs", command, "People", "--out", path, "--json");
    expect(JSON.parse(stdout)).toEqual({ path, bytes: (await stat(path)).size });
    expect((await cli("runs", command, "People", "--json")).stdout).toMatch(/^employee_id,/);
    const unknown = await cli("runs", command, "nobody", "--json");
    expect([unknown.code, JSON.parse(unknown.stdout).error.code]).toEqual([1, "run_unknown"]);
  });
});

test.each([
  [
    [],
    [
      "waybill run people-import --file people.csv --attach jobCodes=job-codes.csv --param effectiveDate=2026-11-01",
      "130  Ctrl-C: the run goes on",
      "A name that begins with - comes after --",
    ],
  ],
  [["serve"], ["HOST ", "(127.0.0.1)", "PORT ", "(4600)", "DATABASE_URL ", "WAYBILL_HOME ", "WAYBILL_SAMPLES "]],
])("the help of %j says what there is to know", async (command, texts) => {
  const { code, stdout } = await cli(...command, "--help");
  expect(code).toBe(0);
  for (const text of texts) expect(stdout).toContain(text);
});

test("without --json, or with it after a lone --, wrong usage is said on standard error", async () => {
  for (const parameters of [["--nonsense"], ["--nonsense", "--", "--json"]]) {
    const { code, stdout, stderr } = await cli("runs", "show", "x", ...parameters);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe("error: unknown option '--nonsense'\n(add --help for what there is)\n");
  }
});

function cli(...parameters: string[]) {
  return runCli({ WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token }, parameters);
}
