import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@waybill/core/testing/real-tools";
import { startTestServer } from "@waybill/server/testing/test-server";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { runCli, startCli } from "../testing/cli.ts";
import { badDay, badMail, idsOfRecords, peopleHeader, rejectPeople } from "../testing/rejected-people.ts";
import { runOnTerminal } from "../testing/terminal.ts";

const someId = "01a21309-2a85-71f6-9e01-53bb9267d75b";
let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test("a rejected record is found, looked into, corrected and resubmitted, and then it is resolved", async () => {
  const { run, ids } = await reject(badDay, badMail);
  const [id = ""] = ids;
  const listed = await cli("records", "list", "--run", run, "--groups");
  expect(listed.stdout).toMatch(
    new RegExp(`^${id} +2 +Open +- +hire_date +"2024-02-30" +hire_date must be a date`, "m"),
  );
  expect(listed.stdout).toMatch(/^ +1 +format_invalid +email +"example\.com"/m);
  expect(listed.stdout).toContain("\n2 open, 0 being resubmitted, 0 resolved, 0 dismissed\n");

  const still = await cli("records", "edit", id, "--set", "hire_date=2024-02-31", "--set", "first_name=Eve");
  expect([still.code, still.stdout]).toEqual([0, expect.stringContaining("this is still wrong")]);
  const edited = await cli("records", "edit", id, "--set", "hire_date=2024-02-28", "--set", "email=", "--json");
  expect([edited.code, JSON.parse(edited.stdout)]).toMatchObject([0, { id, revision: 2, issues: [], state: "open" }]);

  const sent = await cli("records", "resubmit", "--run", run, "--yes");
  expect([sent.code, sent.stdout]).toEqual([
    0,
    expect.stringMatching(/^Sent 1 record in a run\. 1 record with issues stayed open\.\n\n.+\nCompleted\n/),
  ]);
  const { stdout } = await cli("records", "show", id);
  expect(stdout).toMatch(/\nResolved: accepted by People import resubmission/);
  expect(stdout).toMatch(/^hire_date +"2024-02-28" +"2024-02-30"$/m);
  expect(stdout).toMatch(/^email +"" +"ann@example\.com"$/m);
  const history = stdout.slice(stdout.indexOf("When"));
  expect(history).toMatch(/ people\.csv, line 2: rejected by .+\n.+ Edited first_name from "Ann" to "Eve"\n/);
  expect(history).toMatch(/ Local administrator +Resubmitted in People import .+, which accepted it\n$/);
  const all = JSON.parse((await cli("records", "list", "--run", run, "--state", "all", "--json")).stdout);
  expect(all).toMatchObject({
    items: [{ id, state: "resolved" }, { state: "open" }],
    next: null,
    columns: { [run]: peopleHeader.split(",") },
    states: { open: 1, resubmitting: 0, resolved: 1, dismissed: 0 },
    groups: [{ code: "format_invalid", field: "email", count: 1 }],
  });
});

test("a record that still has issues is sent only where that is said; its run ends with exit code 3", async () => {
  const { run, ids } = await reject(badDay);
  const refused = await cli("records", "resubmit", ...ids, "--json");
  expect([refused.code, JSON.parse(refused.stdout).error.code]).toEqual([1, "record_has_issues"]);
  const sent = await cli("records", "resubmit", ...ids, "--with-issues", "--original", "--json");
  expect([sent.code, JSON.parse(sent.stdout)]).toMatchObject([
    3,
    { sent: 1, withIssues: 0, runs: [{ status: "completed_with_errors", fromRun: { id: run } }] },
  ]);
  const { stdout } = await cli("records", "show", ids[0] ?? "");
  expect(stdout).toContain("which rejected it: hire_date must be a date");
});

test("records of several runs make several, and the exit code is that of the worst", async () => {
  const [good, bad] = [await reject(badDay.replace("Lee", "Kaya")), await reject(badMail.replace("Lee", "Kaya"))];
  await cli("records", "edit", good.ids[0] ?? "", "--set", "hire_date=2024-02-28");
  const sent = await cli("records", "resubmit", "--search", "Kaya", "--with-issues", "--yes", "--json");
  const { runs } = JSON.parse(sent.stdout);
  const ended = runs.map((run: { fromRun: { id: string }; status: string }) => [run.fromRun.id, run.status]);
  expect([sent.code, new Map(ended)]).toEqual([
    3,
    new Map([
      [good.run, "completed"],
      [bad.run, "completed_with_errors"],
    ]),
  ]);
});

test("a record that is being resubmitted is not sent again; cancelled, that run ends with exit code 5", async () => {
  const { ids } = await reject(badDay);
  const [id = ""] = ids;
  await cli("records", "edit", id, "--set", "hire_date=2024-02-28");
  await holdDestination();
  const { child, result } = startCli(environment(), ["records", "resubmit", id]);
  await once(child.stdout, "data");
  const second = await cli("records", "resubmit", id, "--json");
  expect([second.code, JSON.parse(second.stdout).error]).toMatchObject([
    1,
    { code: "record_not_open", details: { state: "resubmitting" } },
  ]);
  const { resubmittedIn } = JSON.parse((await cli("records", "show", id, "--json")).stdout);
  await cli("runs", "cancel", resubmittedIn.id);
  expect((await result).code).toBe(5);
  expect((await cli("records", "list", "--ready", "--search", "Lee")).stdout).toMatch(
    new RegExp(`^${id} .*ready to resubmit$`, "m"),
  );
});

test("Ctrl-C ends the waiting alone, and says how to watch the run", async () => {
  const [id = ""] = (await reject(badDay)).ids;
  await cli("records", "edit", id, "--set", "hire_date=2024-02-28");
  const release = await holdDestination();
  const { child, result } = startCli(environment(), ["records", "resubmit", id]);
  await once(child.stderr, "data");
  child.kill("SIGINT");
  const { resubmittedIn } = JSON.parse((await cli("records", "show", id, "--json")).stdout);
  const { code, stderr } = await result;
  expect([code, stderr]).toEqual([130, expect.stringContaining(`npx waybill runs watch ${resubmittedIn.id}\n`)]);
  await release();
  expect((await cli("runs", "watch", resubmittedIn.id)).code).toBe(0);
});

test("a row that does not fit its columns is shown under them, told what it loses, and may be taken so", async () => {
  const { ids } = await reject(`${badDay.replace("02-30", "02-28")},surplus`, badMail.replace("Bob", 'B"ob'));
  const [wide = "", quoted = ""] = ids;
  const shown = (await cli("records", "show", wide)).stdout;
  expect(shown).toMatch(/^active +"true"$/m);
  expect(shown).toContain(`\nIf it is right so: npx waybill records edit ${wide} --as-laid-out\n`);
  expect(shown).toContain('An edit leaves out what has no column: "surplus".');
  const taken = await cli("records", "edit", wide, "--as-laid-out");
  expect(taken.stdout).toMatch(/^Its row had more values .+: "surplus"\nSaved\. Nothing is wrong any more\./);
  expect((await cli("records", "show", quoted)).stdout).toMatch(/^first_name +"B\\"ob"$/m);
  const edited = await cli("records", "edit", quoted, "--set", "email=", "--json");
  expect(JSON.parse(edited.stdout)).toMatchObject({
    issues: [],
    values: ["E2000002", 'B"ob', "Lee", "", "2024-03-01", "", "20.00", "true"],
  });
  const again = await cli("records", "edit", wide, "--as-laid-out", "--json");
  expect([again.code, JSON.parse(again.stdout).error.code]).toEqual([1, "edit_invalid"]);
  const nothing = await cli("records", "edit", wide);
  expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining("--set COLUMN=VALUE")]);
});

test("a name that is a column's and another column's field is not guessed at", async () => {
  const fields = "[{ name: code, column: Dept, type: text, pattern: '^D' }, { name: title, column: code, type: text }]";
  const yaml = `waybill: 1\nkind: integration\nkey: depts\nname: Depts\ndirection: import\nfields: ${fields}\nrecordKey: []\ndestination: { dataset: depts, mode: insert }\n`;
  const folder = await temporaryFolder();
  await writeFile(join(folder, "depts.yaml"), yaml);
  await writeFile(join(folder, "depts.csv"), "Dept,code\nX1,Sales\n");
  await cli("integrations", "apply", join(folder, "depts.yaml"));
  const ran = await cli("run", "depts", "--file", join(folder, "depts.csv"), "--json");
  const [id = ""] = await idsOf("--run", JSON.parse(ran.stdout).id);
  const refused = await cli("records", "edit", id, "--set", "code=D1");
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringContaining('Name the column "Dept", or the field "title"'),
  ]);
  expect((await cli("records", "edit", id, "--set", "Dept=D1", "--set", "title=Sale")).stdout).toContain(
    "Nothing is wrong",
  );
});

test("an issue that is none, and an integration that is not there, are told", async () => {
  const issue = await cli("records", "list", "--code", "not_a_day");
  expect([issue.code, issue.stderr]).toEqual([2, expect.stringContaining("not_a_date")]);
  const integration = await cli("records", "list", "--integration", "nobody");
  expect([integration.code, integration.stderr]).toEqual([1, expect.stringContaining("(integration_unknown)")]);
});

test("an edit from a revision that is past, of a column that is not there, or of no open record is refused", async () => {
  const [id = ""] = (await reject(badDay)).ids;
  const day = ["--set", "hire_date=2024-02-28"];
  expect((await cli("records", "edit", id, ...day, "--revision", "0")).code).toBe(0);
  const refusals = [
    await cli("records", "edit", id, ...day, "--revision", "0"),
    await cli("records", "edit", id, "--set", "hire date=2024-02-28"),
    await cli("records", "dismiss", id, "--reason", "Left").then(() => cli("records", "edit", id, ...day)),
    await cli("records", "reopen", id).then(() => cli("records", "reopen", id)),
    await cli("records", "show", someId),
  ];
  expect(refusals.map(({ code, stderr }) => [code, /\((\w+)\)/.exec(stderr)?.[1]])).toEqual([
    [1, "record_changed"],
    [1, "edit_invalid"],
    [1, "record_not_open"],
    [1, "record_not_dismissed"],
    [1, "record_unknown"],
  ]);
});

describe("a change of all records of a filter", () => {
  test("is asked about with their count on a terminal, and needs --yes elsewhere", async () => {
    const { run } = await reject(badDay, badMail);
    const dismiss = ["records", "dismiss", "--run", run, "--reason", "Left"];
    const elsewhere = await cli(...dismiss);
    expect([elsewhere.code, elsewhere.stderr]).toEqual([2, expect.stringContaining("Dismiss 2 records? Add --yes")]);
    const no = await runOnTerminal(environment(), dismiss, [["Dismiss 2 records?", "n"]]);
    expect([no.code, no.shown]).toEqual([2, expect.stringContaining("Nothing was done.")]);
    const yes = await runOnTerminal(environment(), dismiss, [["Dismiss 2 records?", "y"]]);
    expect([yes.code, yes.shown]).toEqual([0, expect.stringContaining("Dismissed 2 records.")]);
    const none = await runOnTerminal(environment(), dismiss);
    expect([none.code, none.shown]).toEqual([1, expect.stringContaining("No open record fits.")]);
    expect((await cli("records", "list", "--run", run)).stdout).toBe(
      "No record fits that is open. See the others with --state all: 0 open, 0 being resubmitted, 0 resolved, 2 dismissed.\n",
    );
    expect((await cli("records", "reopen", "--run", run, "--yes", "--json")).stdout).toBe('{"changed":2}\n');
  });

  test("leaves alone what does not fit", async () => {
    const { run, ids } = await reject(badDay, badMail);
    const assigned = await cli("records", "assign", "--run", run, "--code", "not_a_date", "--to", "Ann", "--yes");
    expect(assigned.stdout).toBe("Assigned 1 record to Ann.\n");
    expect(await idsOf("--run", run, "--assignee", "Ann")).toEqual(ids.slice(0, 1));
    expect(await idsOf("--run", run, "--unassigned")).toEqual(ids.slice(1));
    await cli("records", "assign", ...ids, "--to-nobody");
    expect(await idsOf("--run", run, "--unassigned")).toEqual(ids);
    expect(await idsOf("--run", run, "--field", "email")).toEqual(ids.slice(1));
    expect(await idsOf("--run", run, "--since", "2020-01-01", "--until", "9999-12-30")).toEqual(ids);
    expect(await idsOf("--run", run, "--until", "2020-01-01T08:00:00+02:00")).toEqual([]);
  });
});

test.each([
  ["list --state closed", "Allowed choices are open, resubmitting, resolved, dismissed, all."],
  ["list --since 2026-02-30", "Give a date or a date and time"],
  ["list --assignee Ann --unassigned", "cannot be used with"],
  ["show 12", "Give the id of a record"],
  [`edit ${someId}`, "Say what to change with --set COLUMN=VALUE"],
  [`edit ${someId} --set nonsense`, "Write it as key=value"],
  [`edit ${someId} --set a=b --revision -1`, "a whole number"],
  ["resubmit --yes", "Name records by their ids, or say which with options"],
  ["dismiss --reason x --yes --search=", "Give 1 to 200 characters"],
  [`dismiss ${someId} --reason x --run y`, "but not both"],
  [`dismiss ${someId}`, "'--reason <text>' not specified"],
  [`assign ${someId}`, "--to NAME, or add --to-nobody"],
])("'records %s' is wrong usage, and says so as JSON too", async (command, message) => {
  const { code, stderr } = await cli("records", ...command.split(" "));
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  const { error } = JSON.parse((await cli("records", ...command.split(" "), "--json")).stdout);
  expect(error).toMatchObject({ code: "wrong_usage", message: expect.stringContaining(message) });
});

function reject(...rows: string[]) {
  return rejectPeople(environment(), ...rows);
}

function idsOf(...filter: string[]) {
  return idsOfRecords(environment(), ...filter);
}

/** Keeps runs from writing people until it is released, or the test is over. */
async function holdDestination(): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query("begin; lock table waybill_data.people in access exclusive mode");
  return () => client.end();
}

function cli(...parameters: string[]) {
  return runCli(environment(), parameters);
}

function environment() {
  return { WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token };
}
