import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@waybill/core/testing/real-tools";
import { startTestServer } from "@waybill/server/testing/test-server";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { runCli, startCli } from "../testing/cli.ts";
import { layLine } from "../testing/line.ts";
import { badDay, badMail, rejectPeople } from "../testing/rejected-people.ts";
import { runOnTerminal } from "../testing/terminal.ts";

const someId = "01a21309-2a85-71f6-9e01-53bb9267d75b";
let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test("a change is shown, asked about on a terminal, made, and undone", async () => {
  const { run, ids } = await reject(badDay, badMail);
  const set = ["records", "bulk", "set", "hire_date", "2024-02-28", "--run", run, "--field", "hire_date"];
  const preview = await cli(...set, "--preview");
  expect([preview.code, preview.stdout]).toEqual([
    0,
    expect.stringMatching(
      /^Set hire_date to "2024-02-28"\n1 record fits\. It would change 1, of which 1 would have no issue left\.\n\nRecord /,
    ),
  ]);
  expect(preview.stdout).toMatch(new RegExp(`^${ids[0]} +"2024-02-30" +"2024-02-28" +-$`, "m"));
  const no = await runOnTerminal(environment(), set, [["Change 1 record?", "n"]]);
  expect([no.code, no.shown]).toEqual([2, expect.stringContaining("Nothing was done.")]);
  expect(await daysOf(run)).toEqual(["2024-02-30", "2024-03-01"]);
  const yes = await runOnTerminal(environment(), set, [["Change 1 record?", "y"]]);
  expect([yes.code, yes.shown]).toEqual([0, expect.stringMatching(/Completed[\s\S]+Changed +1\s+Healed +1/)]);
  expect(await daysOf(run)).toEqual(["2024-02-28", "2024-03-01"]);

  const id = /bulk undo (\S+)/.exec(yes.shown)?.[1] ?? "";
  const undone = await cli("records", "bulk", "undo", id);
  expect(undone.stdout).toMatch(
    /^Undo: Set hire_date to "2024-02-28"\nCompleted\n[\s\S]+^Changed +1$[\s\S]+^Undoes +/m,
  );
  expect([undone.code, undone.stdout]).toEqual([0, expect.stringContaining(id)]);
  expect(await daysOf(run)).toEqual(["2024-02-30", "2024-03-01"]);
  const again = await cli("records", "bulk", "undo", id);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("(bulk_edit_not_undoable)")]);
  expect((await cli("records", "bulk", "show", id)).stdout).toContain("\nIt has been undone.\n");
});

test("elsewhere it needs --yes, and then tells the end; as JSON in one object", async () => {
  const { run } = await reject(badDay, badMail);
  const transform = ["records", "bulk", "transform", "first_name", "upper", "--run", run];
  const unasked = await cli(...transform);
  expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining("Change 2 records? Add --yes")]);
  expect(unasked.stdout).toMatch(/^Transform first_name: upper\n2 records fit\. It would change 2, of which 0/);
  const asJson = await cli(...transform, "--json");
  expect([asJson.code, JSON.parse(asJson.stdout).error.code]).toEqual([2, "wrong_usage"]);
  const told = await cli(...transform, "--yes", "--json");
  expect([told.code, told.stderr, JSON.parse(told.stdout)]).toMatchObject([
    0,
    "",
    { status: "completed", filter: { run }, counts: { matched: 2, lookedAt: 2, changed: 2, healed: 0 } },
  ]);
  const nothing = await cli(...transform, "--yes");
  expect([nothing.code, nothing.stdout]).toEqual([
    0,
    "Transform first_name: upper\n2 records fit. It would change none.\n",
  ]);
  const preview = await cli(...transform.with(4, "lower"), "--preview", "--json");
  expect(JSON.parse(preview.stdout)).toMatchObject({ matched: 2, changed: 2, examples: [{ before: "ANN" }, {}] });
});

test("a text and a pattern are replaced", async () => {
  const { run } = await reject(badMail.replace("example.com", "bob at example.com"));
  const ofRun = ["--run", run, "--yes", "--json"];
  const text = await cli("records", "bulk", "replace", "email", " at ", "@", ...ofRun);
  expect(JSON.parse(text.stdout).counts).toMatchObject({ changed: 1, healed: 1 });
  const pattern = await cli(
    "records",
    "bulk",
    "replace",
    "--pattern",
    ...ofRun,
    "--",
    "hire_date",
    "-0(\\d)-",
    "-1$1-",
  );
  expect([pattern.code, await daysOf(run)]).toEqual([0, ["2024-13-01"]]);
  const bad = await cli("records", "bulk", "replace", "hire_date", "(", "", "--pattern", "--run", run, "--yes");
  expect([bad.code, bad.stderr]).toEqual([1, expect.stringContaining("(pattern_invalid)")]);
});

describe("map", () => {
  test("takes its pairs from a file, whatever separates them and however many there are", async () => {
    const { run } = await reject(badDay, badMail);
    const many = Array.from({ length: 5_000 }, (_, index) => `2020-01-${index};x`);
    const path = await pairsOf("old;new", ...many, '"2024-02-30";2024-02-28', "2024-03-01;2024-03-02");
    const mapped = await cli("records", "bulk", "map", "hire_date", "--file", path, "--run", run, "--yes");
    expect([mapped.code, mapped.stdout]).toEqual([0, expect.stringMatching(/^Map 5,002 values of hire_date\n/)]);
    expect(mapped.stdout).toMatch(/\nChanged +2\nHealed +1 /);
    expect(await daysOf(run)).toEqual(["2024-02-28", "2024-03-02"]);
  });

  test.each([
    [["old,new"], "holds no pair"],
    [["old"], "has no header row of two columns"],
    [["old,new", "a,b", "a,c"], 'has "a" again in line 3'],
    [["old,new", "a,b", "c"], "has 1 columns in line 3"],
    [["old,new", 'a,"b'], "cannot be read as CSV"],
  ])("refuses %j", async (lines, message) => {
    const path = await pairsOf(...lines);
    const refused = await cli("records", "bulk", "map", "hire_date", "--file", path, "--unassigned", "--json");
    expect([refused.code, JSON.parse(refused.stdout).error]).toMatchObject([
      1,
      { code: "pairs_invalid", message: expect.stringContaining(message) },
    ]);
  });
});

test("Ctrl-C leaves it going, and says how to stop it", async () => {
  const { run } = await reject(badDay);
  const release = await holdRecords(run);
  const set = ["records", "bulk", "set", "hire_date", "2024-02-28", "--run", run, "--yes"];
  const left = await runOnTerminal(environment(), set, [["░ 0 %", "\x03"]]);
  expect([left.code, left.shown]).toEqual([130, expect.stringContaining("The bulk edit goes on.")]);
  const id = /npx waybill records bulk stop (\S+)/.exec(left.shown)?.[1] ?? "";
  expect((await cli("records", "bulk", "show", id)).stdout).toContain("\nIn-Progress\n");
  await release();
  await cli("records", "bulk", "set", "first_name", "Eve", "--run", run, "--yes");
  // The older one is worked off first.
  expect((await cli("records", "bulk", "show", id)).stdout).toContain("\nCompleted\n");
  const over = await cli("records", "bulk", "stop", id, "--json");
  expect([over.code, JSON.parse(over.stdout).error.code]).toEqual([1, "bulk_edit_over"]);
});

test("waiting for one that somebody stops ends with exit code 5", async () => {
  const [held, { run }] = [await reject(badDay), await reject(badDay, badMail)];
  await holdRecords(held.run);
  await server.call("records.bulk.start", {
    filter: { run: held.run },
    change: { kind: "set", column: "first_name", value: "Eve" },
  });
  const line = await layLine(server.url);
  onTestFinished(() => line.cut());
  const watched = line.sent("/records.bulk.get");
  const set = ["records", "bulk", "set", "first_name", "Eve", "--run", run, "--yes"];
  const { result } = startCli({ ...environment(), WAYBILL_URL: line.url }, set);
  await watched;
  const { items } = JSON.parse((await cli("records", "bulk", "list", "--json")).stdout);
  const stop = await cli("records", "bulk", "stop", items[0].id);
  expect([stop.code, stop.stdout]).toEqual([0, expect.stringContaining("\nStopped\n")]);
  expect(await result).toMatchObject({ code: 5, stdout: expect.stringMatching(/\nStopped\n[\s\S]+^Changed +0$/m) });
});

test("one that fails ends with exit code 1, and says why", async () => {
  const { run } = await reject(badDay);
  await refuseToKeep("Nobody");
  const failed = await cli("records", "bulk", "set", "first_name", "Nobody", "--run", run, "--yes");
  expect([failed.code, failed.stdout]).toEqual([
    1,
    expect.stringMatching(/\nFailed\n\nunexpected: .+\n[\s\S]+^Changed +0$/m),
  ]);
});

test("the list tells of each, the newest first, and goes on", async () => {
  const { run } = await reject(badDay);
  await cli("records", "bulk", "set", "first_name", "Eve", "--run", run, "--yes");
  await cli("records", "bulk", "set", "last_name", "Day", "--run", run, "--yes");
  const first = await cli("records", "bulk", "list", "--limit", "1");
  expect(first.stdout).toMatch(/ Completed +Set last_name to "Day" +1 +0 /);
  const cursor = /--cursor (\S+)/.exec(first.stdout)?.[1] ?? "";
  const second = await cli("records", "bulk", "list", "--limit", "1", "--cursor", cursor, "--json");
  expect(JSON.parse(second.stdout)).toMatchObject({
    items: [{ change: { kind: "set", column: "first_name", value: "Eve" }, counts: { changed: 1 } }],
    next: expect.any(String),
  });
});

test("a column that no record has, or a filter that none fits, is refused", async () => {
  const { run } = await reject(badDay);
  const set = ["records", "bulk", "set"];
  const refusals = [
    await cli(...set, "hired", "2024-02-28", "--run", run, "--yes"),
    await cli(...set, "hire_date", "2024-02-28", "--run", run, "--code", "required", "--yes"),
    await cli("records", "bulk", "show", someId),
    await cli("records", "bulk", "undo", someId),
  ];
  expect(refusals.map(({ code, stderr }) => [code, /\((\w+)\)/.exec(stderr)?.[1]])).toEqual([
    [1, "edit_invalid"],
    [1, "records_none"],
    [1, "bulk_edit_unknown"],
    [1, "bulk_edit_unknown"],
  ]);
});

test.each([
  ["set hire_date 2024-02-28 --yes", "Say which records with options"],
  ["set hire_date --unassigned", "missing required argument 'value'"],
  ["transform hire_date swap --unassigned", "Allowed choices are trim,"],
  ["map hire_date --unassigned", "'--file <pairs.csv>' not specified"],
  ["show 12", "Give the id of a bulk edit, as 'npx waybill records bulk list' shows it."],
])("'records bulk %s' is wrong usage", async (command, message) => {
  const { code, stderr } = await cli("records", "bulk", ...command.split(" "));
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

function reject(...rows: string[]) {
  return rejectPeople(environment(), ...rows);
}

/** The days of hire of a run's open records, in their order. */
async function daysOf(run: string): Promise<string[]> {
  const { stdout } = await cli("records", "list", "--run", run, "--json");
  return JSON.parse(stdout).items.map((record: { values: string[] }) => record.values[4]);
}

async function pairsOf(...lines: string[]): Promise<string> {
  const path = join(await temporaryFolder(), "pairs.csv");
  await writeFile(path, lines.join("\r\n"));
  return path;
}

/** Keeps the records of a run from being changed until they are released. */
async function holdRecords(run: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query("begin");
  await client.query("select from waybill.rejected_records where run_id = $1 for update", [run]);
  return () => client.end();
}

/** Makes the database refuse a change to this value. */
async function refuseToKeep(value: string): Promise<void> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query(`create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$`);
  await client.query(
    `create trigger refusing before insert on waybill.record_changes
     for each row when (new."to" = '${value}') execute function refuse()`,
  );
}

function cli(...parameters: string[]) {
  return runCli(environment(), parameters);
}

function environment() {
  return { WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token };
}
