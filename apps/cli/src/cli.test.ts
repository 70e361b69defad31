import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startTestServer } from "@waybill/server/testing/test-server";
import { parse } from "csv-parse/sync";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type CliResult, runCli } from "./testing/cli.ts";

const samples = resolve(import.meta.dirname, "../../../samples/files");
const sample = (name: string) => join(samples, name);
const people = ["run", "people-import", "--param", "effectiveDate=2026-11-01"];
const jobCodes = ["--attach", `jobCodes=${sample("job-codes.csv")}`];

let server: Awaited<ReturnType<typeof startTestServer>>;
let folder: string;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
  folder = await mkdtemp(join(tmpdir(), "waybill-cli-"));
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

describe("run", () => {
  test("prints one JSON object of the sample's run, whose counts add up, and exits 3", async () => {
    const { code, stdout, stderr } = await cli(...people, ...jobCodes, "--file", sample("people.csv"), "--json");
    const run = JSON.parse(stdout);
    expect([code, stderr, stdout.trim().split("\n").length]).toEqual([3, "", 1]);
    expect(run).toMatchObject({
      status: "completed_with_errors",
      test: false,
      integration: "people-import",
      version: 1,
      parameters: { effectiveDate: "2026-11-01", includeInactive: false },
      counts: { read: 1000, accepted: 950, inserted: 950, updated: 0, unchanged: 0, skipped: 40, rejected: 10 },
    });
    expect(Object.keys(run)).toEqual(
      expect.arrayContaining(["id", "name", "files", "issues", "phases", "startedAt", "finishedAt"]),
    );
    expect(run.counts.read).toBe(run.counts.accepted + run.counts.skipped + run.counts.rejected);
    expect(run.issues[0]).toEqual({ code: expect.any(String), field: expect.any(String), count: expect.any(Number) });
  });

  test("of the corrected file is Completed and exits 0; again all is unchanged, with a warning that names the first", async () => {
    const file = ["--file", sample("people-corrected.csv")];
    const first = await cli(...people, ...jobCodes, ...file, "--name", "Corrected people", "--json");
    expect([first.code, JSON.parse(first.stdout).status]).toEqual([0, "completed"]);
    const second = await cli(...people, ...jobCodes, ...file, "--json");
    expect(JSON.parse(second.stdout)).toMatchObject({
      counts: { accepted: 960, inserted: 0, updated: 0, unchanged: 960, skipped: 40, rejected: 0 },
      warnings: [{ code: "same_bytes", message: expect.stringContaining("Corrected people") }],
    });
  });

  test("loads rows that equal the file, to the digit and the day", async () => {
    await cli(...people, "--param", "includeInactive=true", "--file", sample("people-corrected.csv"));
    const source = parse(await readFile(sample("people-corrected.csv")), { columns: true }) as Record<string, string>[];
    const rows = await query(
      `select employee_id, first_name, last_name, email, hire_date::text, job_code, hourly_rate::text, active::text,
         loaded_for::text from waybill_data.people order by employee_id`,
    );
    expect(rows).toEqual(source.map((row) => ({ ...row, loaded_for: "2026-11-01" })));
  });

  test.each(["people-corrected.zip", "people-corrected.csv.pgp"])("of %s loads the same rows", async (name) => {
    const { stdout } = await cli(...people, "--param", "includeInactive=true", "--file", sample(name), "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      status: "completed",
      counts: { unchanged: 1000, inserted: 0, updated: 0 },
    });
  });

  test("--test has the summary of the real run and leaves the destination as it was", async () => {
    const before = await query(
      "select md5(string_agg(p::text, ',' order by p::text)) as sum from waybill_data.people p",
    );
    const tried = JSON.parse(
      (await cli(...people, ...jobCodes, "--file", sample("people.csv"), "--test", "--json")).stdout,
    );
    expect(
      await query("select md5(string_agg(p::text, ',' order by p::text)) as sum from waybill_data.people p"),
    ).toEqual(before);
    const real = JSON.parse((await cli(...people, ...jobCodes, "--file", sample("people.csv"), "--json")).stdout);
    expect([tried.counts, tried.issues, tried.status]).toEqual([real.counts, real.issues, real.status]);
  });

  test("tells unknown people of the punches as transactional issues", async () => {
    const { code, stdout } = await cli(
      "run",
      "punches-import",
      "--file",
      sample("punches.csv"),
      "--param",
      "period=2026-10-01..2026-10-31",
      "--json",
    );
    expect([code, JSON.parse(stdout).issues]).toEqual([
      3,
      [{ code: "reference_missing", field: "employee_id", count: 5 }],
    ]);
  });

  test("prints the Run Summary for people, and the phases on standard error", async () => {
    const { stdout, stderr } = await cli(
      ...people,
      ...jobCodes,
      "--file",
      sample("people.csv"),
      "--name",
      "For people",
    );
    expect(stdout).toMatch(/^For people\nCompleted with Errors\n/);
    expect(stdout).toMatch(/Rejected +10/);
    expect(stdout).toMatch(/2 +not_a_date +hire_date/);
    expect(stderr).toContain("loading\n");
  });

  test("--detach does not wait, and runs watch does", async () => {
    const { code, stdout } = await cli(
      "run",
      "job-codes-import",
      "--file",
      sample("job-codes.zip"),
      "--detach",
      "--json",
    );
    expect([code, JSON.parse(stdout).status]).toEqual([0, "in_progress"]);
    const watched = await cli("runs", "watch", JSON.parse(stdout).id, "--json");
    expect([watched.code, JSON.parse(watched.stdout).status]).toEqual([0, "completed"]);
  });
});

describe("runs", () => {
  test("list, show, issues, log, errors, source, rerun and cancel answer", async () => {
    const name = "Looked into";
    await cli(...people, ...jobCodes, "--file", sample("people.csv"), "--name", name);
    const list = JSON.parse((await cli("runs", "list", "--search", name, "--json")).stdout);
    expect(list).toMatchObject({ items: [{ name }], next: null });
    expect((await cli("runs", "show", name)).stdout).toContain("Completed with Errors");
    const issues = JSON.parse((await cli("runs", "issues", name, "--code", "not_a_date", "--json")).stdout);
    expect(issues.items.map((record: { line: number }) => record.line)).toEqual([19, 66]);
    expect((await cli("runs", "issues", name)).stdout).toMatch(/19 +hire_date +not_a_date +"2024-02-30"/);
    expect((await cli("runs", "log", name)).stdout).toContain("Opened people.csv");
    expect((await cli("runs", "errors", name)).stdout.split("\n")[0]).toContain("_line,_codes,_messages,_waybill_id");
    expect((await cli("runs", "source", name)).stdout).toBe(await readFile(sample("people.csv"), "utf8"));
    expect((await cli("runs", "rerun", name, "--json")).code).toBe(3);
    expect(await cli("runs", "cancel", name)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("run_already_final"),
    });
  });
});

describe("integrations", () => {
  test("list, show, schema, apply and delete answer; a definition with five faults names all, with lines", async () => {
    expect((await cli("integrations", "list")).stdout).toMatch(/^people-import +People import/m);
    const { stdout: yaml } = await cli("integrations", "show", "job-codes-import");
    const path = join(folder, "codes.yaml");
    await writeFile(path, yaml.replaceAll("job-codes-import", "codes-again"));
    expect((await cli("integrations", "apply", path)).stdout).toBe("codes-again: created, version 1\n");
    expect((await cli("integrations", "apply", path)).stdout).toBe("codes-again: unchanged, version 1\n");
    expect(await cli("integrations", "delete", "codes-again")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--yes"),
    });
    expect((await cli("integrations", "delete", "codes-again", "--yes")).code).toBe(0);
    expect(JSON.parse((await cli("integrations", "schema")).stdout)).toHaveProperty("properties.fields");

    const faulty = yaml
      .replace("key: job-codes-import", "key: Job Codes")
      .replace("maxLength: 80", "maxLenght: 80")
      .replace("type: boolean", "type: bool")
      .replace("[job_code]", "[code]")
      .replace("mode: upsert", "mode: merge");
    await writeFile(path, faulty);
    const { code, stderr } = await cli("integrations", "apply", path);
    expect([code, stderr.match(/^line \d+, /gm)?.length]).toEqual([1, 5]);
  });
});

describe("keys and datasets", () => {
  test("answer", async () => {
    const keys = JSON.parse((await cli("keys", "list", "--json")).stdout).items;
    expect(keys.map((key: { origin: string }) => key.origin).sort()).toEqual(["generated", "imported"]);
    expect((await cli("keys", "export")).stdout).toContain("BEGIN PGP PUBLIC KEY BLOCK");
    expect((await cli("keys", "generate", "--user-id", "Second <second@example.com>")).code).toBe(0);
    expect((await cli("keys", "import", sample("people.csv"))).stderr).toContain("key_invalid");
    expect((await cli("datasets", "list")).stdout).toMatch(/^people +1,000 /m);
    const shown = JSON.parse((await cli("datasets", "show", "people", "--limit", "2", "--json")).stdout);
    expect(shown.items).toHaveLength(2);
    const next = JSON.parse(
      (await cli("datasets", "show", "people", "--limit", "2", "--cursor", shown.next, "--json")).stdout,
    );
    expect(next.items).not.toEqual(shown.items);
    expect(await cli("datasets", "show", "nobody")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("dataset_unknown"),
    });
  });
});

describe("exit codes and help", () => {
  test("wrong usage is 2, no token is 4, no server is 1", async () => {
    expect((await cli("run", "people-import", "--nonsense")).code).toBe(2);
    expect((await cli("run", "people-import", "--param", "nonsense")).code).toBe(2);
    expect((await cli("nonsense")).code).toBe(2);
    expect((await cli("run")).code).toBe(2);
    expect((await runCli({ WAYBILL_URL: server.url, WAYBILL_TOKEN: "wrong" }, ["runs", "list"])).code).toBe(4);
    const silent = await runCli({ WAYBILL_URL: "http://127.0.0.1:9", WAYBILL_TOKEN: "x" }, ["runs", "list"]);
    expect(silent).toMatchObject({ code: 1, stderr: expect.stringContaining("does not answer") });
  });

  test("on the machine of the server no setting is needed", async () => {
    expect((await runCli({ WAYBILL_HOME: server.home }, ["runs", "list"])).code).toBe(0);
  });

  test.each([[], ["run"], ["runs"], ["runs", "issues"], ["keys", "import"]])(
    "%j explains itself",
    async (...parameters) => {
      const { code, stdout } = await cli(...parameters, "--help");
      expect([code, stdout]).toEqual([0, expect.stringContaining("Usage: waybill")]);
    },
  );

  test("a file that is not there is named", async () => {
    await copyFile(sample("job-codes.csv"), join(folder, "codes.csv"));
    const missing = await cli("run", "job-codes-import", "--file", join(folder, "nothing.csv"));
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("nothing.csv") });
  });
});

function cli(...parameters: string[]): Promise<CliResult> {
  return runCli({ WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token }, parameters);
}

async function query(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
