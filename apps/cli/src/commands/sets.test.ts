import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { runCli } from "../testing/cli.ts";
import { runOnTerminal } from "../testing/terminal.ts";

const steps = ["one", "two", "three", "four"];
const integration = (key: string) => `
waybill: 1
kind: integration
key: ${key}
name: Step ${key}
direction: import
fields: [{ name: id, type: text, required: true, pattern: "^[0-9]+$" }]
recordKey: [id]
destination: { dataset: step_${key} }
`;
const nightly = (more = "") => `
waybill: 1
kind: set
key: nightly
name: Nightly
${more}
steps:
${steps.map((key) => `  - { integration: ${key} }`).join("\n")}
`;

let server: Awaited<ReturnType<typeof startTestServer>>;
let folder: string;
let good: string;
let bad: string;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
  folder = await mkdtemp(join(tmpdir(), "waybill-sets-"));
  good = await write("good.csv", "id\n1\n2\n");
  bad = await write("bad.csv", "id\n1\nx\n");
  const paths = await Promise.all(steps.map((key) => write(`${key}.yaml`, integration(key))));
  const applied = await cli("integrations", "apply", ...paths);
  expect([applied.code, applied.stderr]).toEqual([0, ""]);
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

test("a set is applied, listed and shown; a wrong one is told by its lines", async () => {
  expect((await cli("sets", "apply", await write("nightly.yaml", nightly()))).stdout).toMatch(
    /^nightly: (created|updated|unchanged), version \d\n$/,
  );
  expect((await cli("sets", "list")).stdout).toMatch(/^nightly +Nightly +1 +one, two, three, four +/m);
  expect((await cli("sets", "show", "nightly")).stdout).toBe(nightly());
  const wrong = nightly("parameters: [{ key: day, type: day }]").replace("integration: two", "integration: too");
  const refused = await cli("sets", "apply", await write("wrong.yaml", wrong));
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("(definition_invalid)")]);
  expect(refused.stderr).toMatch(/^line 6, parameters\[0\]\.type: /m);
  const unknown = await cli("sets", "apply", await write("wrong.yaml", wrong.replace("type: day", "type: date")));
  expect(unknown.stderr).toContain('line 9, steps[1].integration: names "too", which is no integration');
  const alone = await cli("sets", "apply", await write("alone.yaml", nightly().split("\n").slice(0, -4).join("\n")));
  expect(alone.stderr).toContain("needs at least two steps");
});

test("an integration that has been deleted is marked in the sets with it, and how to restore it is said", async () => {
  await cli("sets", "apply", await write("nightly.yaml", nightly()));
  await cli("integrations", "delete", "two", "--yes");
  const remedy = "two has been deleted, and no set with it starts. Restore it: npx waybill integrations restore two\n";
  const { stdout } = await cli("sets", "list");
  expect([stdout, stdout]).toEqual([
    expect.stringContaining("one, two (deleted), three"),
    expect.stringContaining(remedy),
  ]);
  expect(await cli("sets", "show", "nightly")).toMatchObject({ stdout: nightly(), stderr: remedy });
  await cli("integrations", "restore", "two");
  expect((await cli("sets", "show", "nightly")).stderr).toBe("");
});

test("the third step fails and the fourth is skipped; resumed with a mended file, only these two run", async () => {
  await cli("sets", "apply", await write("nightly.yaml", nightly()));
  const stopped = await cli("sets", "run", "nightly", "--file", good, "--step-file", `three=${bad}`, "--json");
  const { id, steps: ran, status } = JSON.parse(stopped.stdout);
  expect([stopped.code, status]).toEqual([1, "failed"]);
  expect(ran.map((step: { status: string }) => step.status)).toEqual([
    "completed",
    "completed",
    "completed_with_errors",
    "skipped",
  ]);
  const told = (await cli("sets", "status", id)).stdout;
  expect(told).toMatch(/^4 +four +Skipped .* Step 3 \(three\) ended Completed with Errors, and the set aborts/m);
  expect(told).toContain(`\nGo on once that is mended: npx waybill sets resume ${id}\n`);
  const before = await countRuns();
  const resumed = await cli("sets", "resume", id, "--step-file", `three=${good}`);
  expect([resumed.code, resumed.stdout]).toEqual([0, expect.stringMatching(/^Nightly .+\nCompleted\n/)]);
  expect((await countRuns()) - before).toBe(2);
  const again = await cli("sets", "resume", id, "--step-file", `three=${join(folder, "unread.csv")}`, "--json");
  expect([again.code, JSON.parse(again.stdout).error.code]).toEqual([1, "set_resume_refused"]);
});

test("without abort on failure the fourth step runs, and the exit code is 3", async () => {
  await cli("sets", "apply", await write("nightly.yaml", nightly("abortOnFailure: false")));
  const ended = await cli("sets", "run", "nightly", "--file", good, "--step-file", `three=${bad}`);
  expect([ended.code, ended.stdout]).toEqual([3, expect.stringMatching(/^4 +four +Completed /m)]);
  expect((await cli("sets", "runs", "--set", "nightly", "--status", "completed_with_errors")).stdout).toContain(
    "Nightly ",
  );
});

test("resumed, a set that went on past a failure asks before a Completed step runs again", async () => {
  await cli("sets", "apply", await write("nightly.yaml", nightly("abortOnFailure: false")));
  const runWithBadThird = async () => {
    const ended = await cli("sets", "run", "nightly", "--file", good, "--step-file", `three=${bad}`, "--json");
    return JSON.parse(ended.stdout).id as string;
  };
  const id = await runWithBadThird();
  const before = await countRuns();
  const mended = ["sets", "resume", id, "--step-file", `three=${good}`];
  const refused = await cli(...mended);
  expect([refused.code, refused.stderr]).toEqual([
    2,
    "Error (wrong_usage): Step 4 (four) was Completed and runs again. Resume the set? Add --yes to say so.\n",
  ]);
  const passed = await cli("sets", "resume", id, "--after");
  expect([passed.code, passed.stderr]).toEqual([1, expect.stringContaining("Every step after step 3 (three) is")]);
  expect((await runOnTerminal(environment(), mended, [["runs again. Resume the set?", "n"]])).code).toBe(2);
  expect(await countRuns()).toBe(before);
  expect((await runOnTerminal(environment(), mended, [["runs again. Resume the set?", "y"]])).code).toBe(0);
  expect(await countRuns()).toBe(before + 2);
  const other = await cli("sets", "resume", await runWithBadThird(), "--step-file", `three=${good}`, "--yes");
  expect(other.code).toBe(0);
});

test("a set run that is left to itself is watched and cancelled", async () => {
  await cli("sets", "apply", await write("nightly.yaml", nightly()));
  const started = await cli("sets", "run", "nightly", "--file", good, "--detach");
  const id = /sets watch (\S+)\n$/.exec(started.stdout)?.[1] ?? "";
  expect((await cli("sets", "watch", id)).code).toBe(0);
  const over = await cli("sets", "cancel", id);
  expect([over.code, over.stderr]).toEqual([1, expect.stringContaining("(set_run_already_final)")]);
});

describe("wrong usage and what is not there", () => {
  test.each([
    [["run", "nobody"], 1, "set_unknown"],
    [["delete", "nobody"], 1, "set_unknown"],
    [["status", "nobody"], 1, "set_run_unknown"],
    [["resume", "nobody"], 1, "set_run_unknown"],
    [["run", "nightly", "--attach", "codes=x"], 2, "wrong_usage"],
    [["run", "nightly", "--step-file", "three"], 2, "wrong_usage"],
    [["run", "nightly"], 1, "source_file_missing"],
  ])("sets %j", async (command, code, error) => {
    const refused = await cli("sets", ...command, "--json");
    expect([refused.code, JSON.parse(refused.stdout).error.code]).toEqual([code, error]);
  });

  test("a set is deleted once that is confirmed, does not run then, and is restored", async () => {
    const path = await write("nightly.yaml", nightly());
    await cli("sets", "apply", path);
    const asked = await runOnTerminal(environment(), ["sets", "delete", "nightly"], [["Delete the set nightly?", "y"]]);
    expect(asked.code).toBe(0);
    const refused = await cli("sets", "run", "nightly", "--file", good);
    expect(refused.stderr).toContain("(set_deleted)");
    expect((await cli("sets", "delete", "nightly")).stderr).toContain("(set_unknown)");
    expect((await cli("sets", "apply", path)).stdout).toContain("nightly: restored");
  });
});

async function countRuns(): Promise<number> {
  return JSON.parse((await cli("runs", "list", "--limit", "100", "--json")).stdout).items.length;
}

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

function environment() {
  return { WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token };
}

function cli(...parameters: string[]) {
  return runCli(environment(), parameters);
}
