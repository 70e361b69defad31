import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { temporaryFolder } from "@waybill/core/testing/real-tools";
import { startTestServer } from "@waybill/server/testing/test-server";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { runCli, startCli } from "../testing/cli.ts";
import { badDay, badMail, idsOfRecords, peopleHeader, rejectPeople } from "../testing/rejected-people.ts";
import { runOnTerminal } from "../testing/terminal.ts";

const peopleImport = resolve(import.meta.dirname, "../../../../samples/people-import.yaml");
const goodDay: Correction = ["2024-02-30", "2024-02-28"];
const goodMail: Correction = [",example.com", ",bob@example.com"];
let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

describe("export", () => {
  test("prints the open records that fit, as they stand now, with why they were turned away", async () => {
    const { run, ids } = await reject(badDay, badMail);
    await cli("records", "edit", ids[0] ?? "", "--set", "first_name=Eve");
    const { code, stdout, stderr } = await cli("records", "export", "--run", run);
    const [header, first, second, ...rest] = stdout.split("\n");
    expect([code, stderr, rest]).toEqual([0, "", [""]]);
    expect(header).toBe(`${peopleHeader},_line,_codes,_messages,_waybill_id`);
    expect(first).toMatch(/^E2000001,Eve,Lee,ann@example\.com,2024-02-30,.*,2,hire_date:not_a_date,.*@1$/);
    expect(second).toMatch(/^E2000002,.*,3,email:format_invalid,.*@0$/);
    const mails = await cli("records", "export", "--run", run, "--field", "email");
    expect(mails.stdout).toBe(`${header}\n${second}\n`);
  });

  test("takes records of another state where that is said", async () => {
    const { run, ids } = await reject(badDay, badMail);
    await cli("records", "dismiss", ids[0] ?? "", "--reason", "Left");
    const linesOf = async (state: string) => {
      const { stdout } = await cli("records", "export", "--run", run, "--state", state);
      return stdout.trimEnd().split("\n").slice(1);
    };
    expect([await linesOf("dismissed"), await linesOf("open"), await linesOf("all")]).toEqual([
      [expect.stringContaining("E2000001")],
      [expect.stringContaining("E2000002")],
      [expect.stringContaining("E2000001"), expect.stringContaining("E2000002")],
    ]);
  });

  test("writes a file and says how it comes back; as JSON in one object", async () => {
    const { run } = await reject(badDay);
    const path = join(await temporaryFolder(), "of people.csv");
    const written = await cli("records", "export", "--run", run, "--out", path);
    const content = await readFile(path, "utf8");
    expect(written).toMatchObject({
      code: 0,
      stdout: `Wrote ${content.length} bytes to ${path}. Once it is corrected: npx waybill records import '${path}'\n`,
    });
    expect(content).toBe((await cli("records", "export", "--run", run)).stdout);
    const told = await cli("records", "export", "--run", run, "--out", path, "--json");
    expect(JSON.parse(told.stdout)).toEqual({ path, bytes: content.length });
  });

  test("asks on a terminal before it writes over a file", async () => {
    const { run, path } = await exportOf(badDay);
    await writeFile(path, "corrected");
    const question = `${JSON.stringify(path)} is there already. Write over it?`;
    const no = await runOnTerminal(
      environment(),
      ["records", "export", "--run", run, "--out", path],
      [[question, "n"]],
    );
    expect([no.code, await readFile(path, "utf8")]).toEqual([2, "corrected"]);
    const yes = await runOnTerminal(
      environment(),
      ["records", "export", "--run", run, "--out", path],
      [[question, "y"]],
    );
    expect([yes.code, await readFile(path, "utf8")]).toEqual([0, expect.stringContaining("E2000001")]);
  });

  test("leaves the file alone that stands there when no record fits", async () => {
    const { run, path } = await exportOf(badDay);
    const before = await readFile(path, "utf8");
    const refused = await cli("records", "export", "--run", run, "--code", "required", "--out", path);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("(records_none)")]);
    const elsewhere = await cli("records", "export", "--run", run, "--out", join(path, "errors.csv"), "--json");
    expect([elsewhere.code, JSON.parse(elsewhere.stdout).error.code]).toEqual([2, "wrong_usage"]);
    expect(await readFile(path, "utf8")).toBe(before);
  });
});

describe("import", () => {
  test("takes the edits, tells what became of the records, and says how they go on", async () => {
    const { run, path } = await exportOf(badDay, badMail, badMail.replace("E2000002", "E2000003"));
    await correct(path, goodDay, ["E2000002,Bob", "E2000002,Rob"]);
    const { code, stdout } = await cli("records", "import", path, "--run", run);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Read +3\nEdited +2\nUnchanged +1\nWithout issues now +1\nStill with issues +2\n/m);
    expect(stdout).toContain(
      `\nSend those without issues: npx waybill records import ${path} --run ${run} --resubmit\n`,
    );
    expect(stdout).toContain(`\nSee what is still wrong: npx waybill records list --run ${run}\n`);
    expect((await cli("records", "list", "--run", run)).stdout).toMatch(/ready to resubmit$/m);
    const fresh = join(await temporaryFolder(), "errors.csv");
    await cli("records", "export", "--run", run, "--out", fresh);
    const again = await cli("records", "import", fresh, "--json");
    expect(JSON.parse(again.stdout)).toEqual({
      read: 3,
      edited: 0,
      unchanged: 3,
      ready: 1,
      withIssues: 2,
      resubmission: null,
      refused: null,
    });
  });

  test("takes none where a row is at fault, and names each by its line", async () => {
    const { run, path } = await exportOf(badDay, badMail);
    const other = await exportOf(badDay);
    const [, stranger = ""] = (await readFile(other.path, "utf8")).split("\n");
    await correct(path, goodDay);
    await writeFile(path, `${await readFile(path, "utf8")}${stranger}\nE2000009,Zoe\n`);
    const refused = await cli("records", "import", path, "--run", run);
    expect([refused.code, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr.split("\n")).toEqual([
      `Error (corrections_invalid): Nothing was taken from ${JSON.stringify(path)}, since 2 rows cannot be:`,
      "  Line 4 has the id of a record of another run. Take the row out.",
      expect.stringMatching(/^ {2}Line 5 has no id of a record in _waybill_id\./),
      "",
    ]);
    const told = await cli("records", "import", path, "--run", run, "--json");
    expect([told.code, JSON.parse(told.stdout).error]).toMatchObject([
      1,
      { code: "corrections_invalid", details: { rows: 2, faults: [{ line: 4 }, { line: 5 }] } },
    ]);
    expect(await idsOfRecords(environment(), "--run", run, "--ready")).toEqual([]);
  });

  test("says how many faulty rows there are beyond those that it names", async () => {
    const { path } = await exportOf(badDay);
    await writeFile(path, `${await readFile(path, "utf8")}${"E2000009,Zoe\n".repeat(23)}`);
    const lines = (await cli("records", "import", path)).stderr.trimEnd().split("\n");
    expect([lines[0], lines.length, lines.at(-1)]).toEqual([
      expect.stringContaining("since 23 rows cannot be:"),
      22,
      "  And 3 more.",
    ]);
  });

  test("resubmits what is sound, waits for the end, and prints one object as JSON", async () => {
    const { run, path } = await exportOf(badDay, badMail);
    await correct(path, goodDay);
    const { code, stdout } = await cli("records", "import", path, "--resubmit", "--json");
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      {
        read: 2,
        edited: 1,
        ready: 1,
        withIssues: 1,
        resubmission: { sent: 1, runs: [{ status: "completed", fromRun: { id: run }, counts: { accepted: 1 } }] },
      },
    ]);
    await cli("records", "export", "--run", run, "--out", path);
    await correct(path, goodMail);
    const rest = await cli("records", "import", path, "--resubmit");
    expect(rest.code).toBe(0);
    expect(rest.stdout).toMatch(
      /^Without issues now +1\nStill with issues +0\nSent 1 record in a run\.\n\n.+\nCompleted\n/m,
    );
    expect((await cli("records", "list", "--run", run)).stdout).toContain("0 open, 0 being resubmitted, 2 resolved");
  });

  test("sends nothing where all still have issues, and exits 1", async () => {
    const { path } = await exportOf(badDay);
    const { code, stdout } = await cli("records", "import", path, "--resubmit");
    expect([code, stdout]).toEqual([1, expect.stringContaining("\nNothing was sent. All of the records still")]);
  });

  test("keeps the edits where they cannot be sent, says why, and exits 1", async () => {
    const { run, path } = await exportOf(badDay);
    await correct(path, goodDay);
    await cli("integrations", "delete", "people-import", "--yes");
    onTestFinished(async () => void (await cli("integrations", "apply", peopleImport)));
    const { code, stdout } = await cli("records", "import", path, "--resubmit");
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/^Edited +1$[\s\S]+\nNothing was sent\. The integration .+ has been deleted/m),
    ]);
    expect(await idsOfRecords(environment(), "--run", run, "--ready")).toHaveLength(1);
  });

  test("does not wait where it is detached; waiting, it ends with the exit code of its run", async () => {
    const { run, path } = await exportOf(badDay, badMail);
    const release = await holdDestination();
    await correct(path, goodDay);
    const left = await cli("records", "import", path, "--resubmit", "--detach");
    expect([left.code, left.stdout]).toEqual([0, expect.stringMatching(/\nSent 1 record .*\nStarted .+ runs watch /)]);
    await cli("records", "export", "--run", run, "--out", path);
    await correct(path, goodMail);
    const { child, result } = startCli(environment(), ["records", "import", path, "--resubmit"]);
    await once(child.stdout, "data");
    const listed = await cli("records", "list", "--run", run, "--search", "Bob", "--state", "resubmitting", "--json");
    await cli("runs", "cancel", JSON.parse(listed.stdout).items[0].resubmittedIn.id);
    await release();
    const { code, stdout } = await result;
    expect([code, stdout]).toEqual([5, expect.stringContaining("\nCancelled\n")]);
  });

  test("refuses what is no file, no errors.csv, or not asked for as it is meant", async () => {
    const path = join(await temporaryFolder(), "people.csv");
    await writeFile(path, `${peopleHeader}\n${badDay}\n`);
    const refusals = [
      await cli("records", "import", join(path, "..", "gone.csv")),
      await cli("records", "import", path),
      await cli("records", "import", path, "--detach"),
      await cli("records", "import"),
      await cli("records", "export", "--state", "closed"),
    ];
    expect(refusals.map(({ code, stderr }) => [code, stderr])).toEqual([
      [1, expect.stringContaining("(file_unreadable): There is no file")],
      [1, expect.stringContaining("has no column _waybill_id")],
      [2, expect.stringContaining("--detach is for --resubmit")],
      [2, expect.stringContaining("missing required argument 'file'")],
      [2, expect.stringContaining("Allowed choices are")],
    ]);
  });
});

type Correction = [from: string, to: string];

function reject(...rows: string[]) {
  return rejectPeople(environment(), ...rows);
}

/** Has people turned away, and exports them to a file. */
async function exportOf(...rows: string[]): Promise<{ run: string; path: string }> {
  const { run } = await reject(...rows);
  const path = join(await temporaryFolder(), "errors.csv");
  await cli("records", "export", "--run", run, "--out", path);
  return { run, path };
}

async function correct(path: string, ...corrections: Correction[]): Promise<void> {
  const content = await readFile(path, "utf8");
  await writeFile(
    path,
    corrections.reduce((text, [from, to]) => text.replace(from, to), content),
  );
}

/** Keeps runs from writing people until it is released. */
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
