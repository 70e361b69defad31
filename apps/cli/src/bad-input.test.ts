import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openGpg, pythonZip, zip } from "@waybill/core/testing/real-tools";
import { startTestServer } from "@waybill/server/testing/test-server";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runCli } from "./testing/cli.ts";

const jobCodesFile = resolve(import.meta.dirname, "../../../samples/files/job-codes.csv");
const csv = "job_code,title,overtime\nJ900,Tailor,true\n";
const mebibyte = 1024 * 1024;

let server: Awaited<ReturnType<typeof startTestServer>>;
let folder: string;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
  folder = await mkdtemp(join(tmpdir(), "waybill-bad-"));
  await cli("run", "job-codes-import", "--file", jobCodesFile, "--name", "First");
  for (const [key, source] of [
    ["signed", "signature: required"],
    ["small", "limits: { expandedBytesMax: 5000 }"],
  ]) {
    const yaml = (await cli("integrations", "show", "job-codes-import")).stdout;
    const path = join(folder, `${key}.yaml`);
    await writeFile(
      path,
      yaml.replace("key: job-codes-import", `key: ${key}`).replace("source:", `source:\n  ${source}`),
    );
    await cli("integrations", "apply", path);
  }
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

type Content = () => string | Uint8Array | Promise<string | Uint8Array>;

test.each<[what: string, name: string, content: Content, code: string]>([
  ["a wrong ending", "codes.txt", () => csv, "file_ending_unknown"],
  ["an ending that its content belies", "codes.zip", () => csv, "file_ending_disagrees"],
  ["an empty file", "codes.csv", () => "", "file_empty"],
  ["1 MiB and one byte", "codes.csv", () => padded(mebibyte + 1), "file_too_large"],
  ["a zip whose checksum is wrong", "codes.zip", flippedZip, "zip_damaged"],
  ["a zip that is cut", "codes.zip", async () => (await zip({ "codes.csv": csv })).subarray(0, 80), "zip_damaged"],
  ["a zip with a password", "codes.zip", () => zip({ "codes.csv": csv }, ["-P", "secret"]), "zip_encrypted"],
  ["a zip with no data file", "codes.zip", () => pythonZip('z.writestr("x/", "")'), "zip_no_data_file"],
  ["a zip with several", "codes.zip", () => zip({ "a.csv": csv, "b.csv": csv }), "zip_several_data_files"],
  ["a zip whose path climbs", "codes.zip", () => pythonZip('z.writestr("../codes.csv", "x")'), "zip_path_climbs"],
  ["a PGP message for another key", "codes.pgp", () => encrypted("other", []), "pgp_key_missing"],
  [
    "one without integrity protection",
    "codes.pgp",
    () => encrypted("own", ["--rfc2440", "--disable-mdc", "--cipher-algo", "3DES"]),
    "pgp_not_integrity_protected",
  ],
  ["one that is cut", "codes.pgp", async () => (await encrypted("own", [])).subarray(0, -20), "pgp_damaged"],
  ["one with a thousand session keys", "codes.pgp", manySessionKeys, "pgp_too_many_session_keys"],
  ["a missing column", "codes.csv", () => "job_code,overtime\nJ900,true\n", "csv_column_missing"],
  ["a repeated column", "codes.csv", () => "job_code,title,title,overtime\nJ900,a,b,true\n", "csv_column_repeated"],
  ["a name with a control character", "co\u0001des.csv", () => csv, "file_name_invalid"],
])("%s fails the run with its code, and the destination stays", async (_, name, content, code) => {
  const before = await rows();
  const ended = await run("job-codes-import", name, await content());
  expect([ended.code, codeOf(ended.stdout)]).toEqual([1, code]);
  expect(sentenceOf(ended.stdout)).toMatch(/^[A-Z].{20,}\.$/s);
  expect(await rows()).toEqual(before);
});

test("a zip that expands past the limit fails, and an unsigned message where a signature is required", async () => {
  const before = await rows();
  const bomb = await run("small", "codes.zip", await zip({ "codes.csv": csv + "J901,x,true\n".repeat(1_000) }));
  expect([bomb.code, codeOf(bomb.stdout)]).toEqual([1, "file_expands_too_far"]);
  const unsigned = await run("signed", "codes.pgp", await encrypted("own", []));
  expect([unsigned.code, codeOf(unsigned.stdout)]).toEqual([1, "file_signature_required"]);
  expect(await rows()).toEqual(before);
});

test.each<[what: string, content: Content, issues: string[]]>([
  ["a row with too few columns", () => "job_code,title,overtime\nJ900\n", ["too_few_columns"]],
  ["a row with too many", () => "job_code,title,overtime\nJ900,a,true,x\n", ["too_many_columns"]],
  ["a bad quote", () => 'job_code,title,overtime\nJ900,"a"b,true\n', ["bad_quote"]],
  ["a NUL", () => "job_code,title,overtime\nJ900,a\0b,true\n", ["nul_character"]],
  ["invalid UTF-8", () => Buffer.from("job_code,title,overtime\nJ900,Jos\xe9,true\n", "latin1"), ["invalid_encoding"]],
])("%s costs that record and no other", async (_, content, issues) => {
  const ended = await run(
    "job-codes-import",
    "codes.csv",
    Buffer.concat([Buffer.from(await content()), Buffer.from("J901,Fine,true\n")]),
    "--test",
  );
  const summary = JSON.parse(ended.stdout);
  expect([ended.code, summary.counts.accepted, summary.counts.rejected]).toEqual([3, 1, 1]);
  expect(summary.issues.map((issue: { code: string }) => issue.code)).toEqual(issues);
});

test("a field of 10 MB costs that record and no other", async () => {
  const content = await zip({
    "codes.csv": `job_code,title,overtime\nJ900,${"x".repeat(10_000_000)},true\nJ901,Fine,true\n`,
  });
  const summary = JSON.parse((await run("job-codes-import", "codes.zip", content, "--test")).stdout);
  expect(summary).toMatchObject({ counts: { accepted: 1, rejected: 1 }, issues: [{ code: "record_too_long" }] });
});

test("a header alone and 1 MiB exactly are fine, and columns that nobody knows are noted", async () => {
  const empty = await run("job-codes-import", "codes.csv", "job_code,title,overtime\n");
  expect([empty.code, JSON.parse(empty.stdout).notes[0].code]).toEqual([0, "no_records"]);
  const exact = await run("job-codes-import", "codes.csv", padded(mebibyte), "--test");
  expect(codeOf(exact.stdout)).toBeNull();
  const more = await run("job-codes-import", "codes.csv", "job_code,title,overtime,shoe\nJ900,a,true,38\n", "--test");
  expect(JSON.parse(more.stdout)).toMatchObject({ status: "completed", notes: [{ code: "unknown_columns" }] });
});

test.each<[what: string, parameters: string[], code: string]>([
  ["an unknown parameter", ["people-import", "--param", "effectiveDay=x"], "parameter_unknown"],
  ["a parameter of the wrong type", ["people-import", "--param", "effectiveDate=soon"], "parameter_invalid"],
  ["a name that is taken", ["job-codes-import", "--name", "First"], "run_name_taken"],
  ["an overlong name", ["job-codes-import", "--name", "n".repeat(201)], "run_name_invalid"],
  ["an unknown integration", ["nobody-import"], "integration_unknown"],
])("%s is refused, and there is no run", async (_, parameters, code) => {
  const before = await count("runs");
  const { code: exit, stdout } = await cli("run", ...parameters, "--file", jobCodesFile, "--json");
  expect([exit, codeOf(stdout)]).toEqual([1, code]);
  expect(await count("runs")).toEqual(before);
});

test("a missing parameter is refused", async () => {
  const path = join(folder, "strict.yaml");
  const yaml = (await cli("integrations", "show", "job-codes-import")).stdout;
  const strict = yaml
    .replace("key: job-codes-import", "key: strict")
    .replace("fields:", "parameters: [ { key: day, type: date, required: true } ]\nfields:");
  await writeFile(path, strict);
  await cli("integrations", "apply", path);
  const { code, stdout } = await cli("run", "strict", "--file", jobCodesFile, "--json");
  expect([code, codeOf(stdout)]).toEqual([1, "parameter_missing"]);
});

test("nothing is half stored of a file that was refused", async () => {
  const chunks = await count("stored_file_chunks");
  await run("job-codes-import", "codes.txt", csv);
  await run("job-codes-import", "codes.csv", "");
  expect(await count("stored_file_chunks")).toEqual(chunks);
});

async function run(integration: string, name: string, content: string | Uint8Array, ...more: string[]) {
  const path = join(folder, name);
  await writeFile(path, content);
  const ended = await cli("run", integration, "--file", path, "--json", ...more);
  await rm(path);
  return ended;
}

function padded(bytes: number): string {
  const text = `${csv}J901,${"x".repeat(80)},true\n`;
  return text + "\n".repeat(bytes - text.length);
}

async function flippedZip(): Promise<Buffer> {
  const content = await zip({ "codes.csv": csv }, ["-0"]);
  content[content.indexOf("Tailor")] = 0x53;
  return content;
}

/** A message by gpg for Waybill's own key, or for one that it does not have. */
async function encrypted(recipient: "own" | "other", options: string[]): Promise<Buffer> {
  const gpg = await openGpg();
  const { fingerprint, armored } = JSON.parse((await cli("keys", "export", "--json")).stdout);
  if (recipient === "own") await gpg.importKey(armored);
  const to = recipient === "own" ? fingerprint : await gpg.makeKey("Other <other@example.com>", "ed25519");
  return await gpg.write(csv, [...options, "--faked-system-time", "20270101T000000", "--encrypt", "--recipient", to]);
}

async function manySessionKeys(): Promise<Buffer> {
  const content = await encrypted("own", []);
  const packet = content.subarray(0, 2 + (content[1] ?? 0));
  return Buffer.concat([...Array.from({ length: 1_000 }, () => packet), content]);
}

function codeOf(stdout: string): string | null {
  const answer = JSON.parse(stdout);
  return answer.error?.code ?? answer.failure?.code ?? null;
}

function sentenceOf(stdout: string): string {
  const answer = JSON.parse(stdout);
  return answer.error?.message ?? answer.failure?.message;
}

async function rows(): Promise<unknown[]> {
  return await query("select * from waybill_data.job_codes order by job_code");
}

async function count(table: string): Promise<unknown[]> {
  return await query(`select count(*)::int as n from waybill.${table}`);
}

function cli(...parameters: string[]) {
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
