import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "@waybill/server/testing/test-server";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runCli } from "../testing/cli.ts";

const codes = join(import.meta.dirname, "../../../../samples/files/job-codes.csv");
const daily = ["--every", "1d", "--at", "06:00", "--zone", "Europe/Berlin"];
const signedImport = `
waybill: 1
kind: integration
key: signed
name: Signed import
direction: import
parameters: [{ key: token, label: Token, type: secret }, { key: since, label: Since, type: timeframe }]
fields: [{ name: job_code, type: text, required: true }]
recordKey: [job_code]
destination: { dataset: signed }
`;
let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test("a recurrence is previewed without a server, and what a clock change moves is marked", async () => {
  const at = [
    "--every",
    "1d",
    "--at",
    "02:30",
    "--zone",
    "Europe/Berlin",
    "--from",
    "2027-03-27T00:00",
    "--count",
    "3",
  ];
  const { code, stdout } = await runCli({}, ["schedules", "preview", ...at]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/ 2027-03-28 03:00 +moved: the clocks skip 02:30$/m);
  const { items } = JSON.parse((await runCli({}, ["schedules", "preview", ...at, "--json"])).stdout);
  expect(items.map((one: { at: string }) => one.at)).toEqual([
    "2027-03-27T01:30:00.000Z",
    "2027-03-28T01:00:00.000Z",
    "2027-03-29T00:30:00.000Z",
  ]);
});

test("times that the clocks show twice are told apart", async () => {
  const hours = ["--every", "1h", "--zone", "Europe/Berlin", "--from", "2031-10-26T01:30", "--count", "4"];
  const { stdout } = await runCli({ TZ: "Europe/Berlin" }, ["schedules", "preview", ...hours]);
  const zone = stdout.split("\n").flatMap((line) => line.match(/ {2}2031-\S+ \S+( [+-]\S+)?/g) ?? []);
  expect(zone.map((time) => time.trim())).toEqual([
    "2031-10-26 01:30",
    "2031-10-26 02:30 +02:00",
    "2031-10-26 02:30 +01:00",
    "2031-10-26 03:30",
  ]);
  expect(stdout).toMatch(/^2031-10-26 02:30:00 \+01:00 /m);
});

test("a schedule is added, listed, shown, paused, resumed and deleted", async () => {
  const asked = ["--integration", "job-codes-import", "--file", codes, ...daily];
  const added = await cli("schedules", "add", "Codes", ...asked);
  expect([added.code, added.stdout]).toEqual([0, expect.stringMatching(/^Codes: .*06:00.*\nNext: \d{4}-/)]);
  expect((await cli("schedules", "list")).stdout).toMatch(/^Codes +job-codes-import +\d{4}-/m);
  expect((await cli("schedules", "pause", "Codes", "--note", "Holidays")).code).toBe(0);
  const shown = (await cli("schedules", "show", "Codes")).stdout;
  expect(shown).toMatch(/^Paused by Local administrator, .*: Holidays$/m);
  expect(shown).toMatch(/^source file +job-codes\.csv$/m);
  expect(shown).toMatch(/ Codes +Paused +Paused by Local administrator, .*: Holidays$/m);
  const unasked = await cli("integrations", "delete", "job-codes-import");
  expect([unasked.code, unasked.stderr]).toEqual([
    2,
    expect.stringContaining("Runs of the schedule Codes, paused now, will fail once resumed. Delete the integration"),
  ]);
  expect((await cli("schedules", "resume", "Codes")).stdout).toBe("Codes goes on.\n");
  expect((await cli("schedules", "skip", "Codes")).stderr).toMatch(/Skip the run of Codes at .*\? .* Add --yes/);
  const skipped = await cli("schedules", "skip", "Codes", "--yes");
  expect([skipped.code, skipped.stdout]).toEqual([0, expect.stringMatching(/^Codes skips \d{4}-.*\nNext: \d{4}-/)]);
  expect((await cli("schedules", "occurrences", "Codes")).stdout).toMatch(
    / Codes +Not started +Local administrator skipped it\.$/m,
  );
  const taken = await cli("schedules", "add", "Codes", ...asked, "--json");
  expect([taken.code, JSON.parse(taken.stdout).error.code]).toEqual([1, "schedule_name_taken"]);
  const changed = await cli(
    "schedules",
    "add",
    "Job codes",
    ...asked,
    "--replace",
    "Codes",
    "--overlap",
    "queue",
    "--json",
  );
  expect(JSON.parse(changed.stdout)).toMatchObject({ name: "Job codes", overlap: "queue" });
  expect((await cli("schedules", "delete", "Job codes", "--yes")).stdout).toBe("Deleted Job codes.\n");
  expect((await cli("schedules", "list")).stdout).toContain("No schedules.");
});

test("a schedule is shown with all that it is kept with, and its secrets are not", async () => {
  const folder = await mkdtemp(join(tmpdir(), "waybill-schedules-"));
  const definition = join(folder, "signed.yaml");
  await writeFile(definition, signedImport);
  expect((await cli("integrations", "apply", definition)).stderr).toBe("");
  await rm(folder, { recursive: true });
  const rules = ["--overlap", "allow", "--missed", "all", "--window", "90", "--jitter", "30", "--pause-after", "3"];
  const given = ["--param", "token=hunter2", "--param", "since=yesterday", "--file", codes];
  const added = await cli("schedules", "add", "Signed", "--integration", "signed", ...given, ...daily, ...rules);
  expect(added.stderr).toBe("");
  const { stdout } = await cli("schedules", "show", "Signed");
  for (const row of [
    /^Runs +signed$/m,
    /^While one goes on +the next is started beside it$/m,
    /^What was missed +is all run, up to 90 minutes back$/m,
    /^Starts +up to 30 s late, as chance has it$/m,
    /^Pauses +after 3 failures in a row$/m,
    /^ +token +\*{8}$/m,
    /^ +since +yesterday$/m,
    /^source file +job-codes\.csv$/m,
  ])
    expect(stdout).toMatch(row);
  expect(stdout).not.toContain("hunter2");
  await cli("schedules", "delete", "Signed", "--yes");
});

test.each([
  ["--every", "1h"],
  ["--every", "1d", "--at", "00:00"],
  ["--cron", "* * * * *"],
])("there are as many times to come as are asked for, of %s %s", async (...rhythm) => {
  const preview = async (times: string) => {
    const asked = [...rhythm, "--zone", "Europe/Berlin", "--times", times, "--json"];
    return JSON.parse((await runCli({}, ["schedules", "preview", ...asked])).stdout).items;
  };
  expect(await preview("3")).toHaveLength(3);
  const target = ["--integration", "job-codes-import", "--file", codes];
  const added = await cli("schedules", "add", "Only once", ...target, ...rhythm, "--times", "1", "--json");
  expect(JSON.parse(added.stdout)).toMatchObject({ nextAt: expect.any(String) });
  await cli("schedules", "delete", "Only once", "--yes");
});

test("what is due runs by itself, and soon", async () => {
  const start = new Date(Date.now() + 3_600_000).toISOString().slice(0, 13);
  const asked = ["--integration", "job-codes-import", "--file", codes, "--every", "1h", "--zone", "UTC"];
  await cli("schedules", "add", "Soon", ...asked, "--from", `${start}:00`);
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  await client.query(
    "update waybill.schedules set next_at = now() + interval '1 second', due_at = now() + interval '1 second'",
  );
  await client.end();
  await expect
    .poll(async () => (await cli("schedules", "occurrences", "Soon")).stdout, { timeout: 15_000, interval: 500 })
    .toMatch(/ Soon +Completed +\d+ ms /);
});

test.each([
  [["add", "x", ...daily], 2, "wrong_usage", "--integration KEY or --set KEY"],
  [["add", "x", "--integration", "job-codes-import"], 2, "wrong_usage", "--once TIME"],
  [["add", "x", "--integration", "job-codes-import", "--every", "1d"], 2, "wrong_usage", "--at 06:00"],
  [["add", "x", "--integration", "nobody", ...daily], 1, "integration_unknown", "nobody"],
  [["preview", ...daily, "--on", "mon"], 2, "wrong_usage", "--on is of weeks and months, not of --every 1d"],
  [
    ["preview", "--every", "2h", "--at", "06:00"],
    2,
    "wrong_usage",
    "--at is of days, weeks and months, not of --every 2h",
  ],
  [["preview", "--cron", "0 6 * * *", "--at", "06:00"], 2, "wrong_usage", "not of --cron: leave it out"],
  [["preview", ...daily, "--missing-day", "last"], 2, "wrong_usage", "--missing-day is of months"],
  [
    ["preview", "--once", "2031-01-01T00:00", "--times", "2", "--from", "2030-01-01T00:00"],
    2,
    "wrong_usage",
    "--times is of what",
  ],
  [["preview", "--every", "1d", "--at", "25:00"], 2, "wrong_usage", "time of day such as 06:00"],
  [["preview", "--once", "tomorrow"], 2, "wrong_usage", "2026-12-01T06:00"],
  [["preview", "--every", "0h"], 2, "wrong_usage", "6h"],
  [["preview", "--cron", "0 0 30 2 *"], 1, "schedule_invalid", ""],
  [["preview", "--cron", "0 0 * * * *"], 1, "schedule_invalid", "expression: has six fields"],
  [
    ["add", "x", "--integration", "job-codes-import", "--cron", "0 0 * * * *"],
    1,
    "schedule_invalid",
    "expression: has six fields",
  ],
  [["preview", "--once", "2020-01-01T00:00"], 1, "schedule_invalid", "past"],
  [["preview", ...daily.with(5, "Mars/Base")], 1, "schedule_invalid", "time zone"],
  [["show", "nobody"], 1, "schedule_unknown", "nobody"],
])("schedules %j is refused", async (command, code, error, message) => {
  const refused = await cli("schedules", ...command, "--json");
  expect([refused.code, JSON.parse(refused.stdout).error]).toMatchObject([
    code,
    { code: error, message: expect.stringContaining(message) },
  ]);
});

function cli(...parameters: string[]) {
  return runCli({ WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token }, parameters);
}
