import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "@waybill/core/testing/real-tools";
import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { startCli } from "./testing/cli.ts";

// Root may read every file, unless it gives that right up.
const asReader = process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];
let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

describe.each([
  ["a source file", ["run", "job-codes-import", "--file"]],
  ["an attachment", ["run", "people-import", "--file", import.meta.filename, "--attach=jobCodes=PATH"]],
  ["a key", ["keys", "import"]],
  ["a definition", ["integrations", "apply"]],
])("%s", (_, parameters) => {
  test("that is not there, may not be read or is no plain file is named with what it is", async () => {
    const folder = await temporaryFolder();
    const closed = join(folder, "closed.csv");
    const pipe = join(folder, "pipe.csv");
    await writeFile(closed, "", { mode: 0o000 });
    await promisify(execFile)("mkfifo", [pipe]);
    expect(await refusal(parameters, join(folder, "none.csv"))).toMatch(/^There is no file ".*none\.csv"\. Check/);
    expect(await refusal(parameters, closed)).toMatch(/^You may not read ".*closed\.csv"\. /);
    expect(await refusal(parameters, folder)).toBe(`${JSON.stringify(folder)} is a folder. Name a file in it.`);
    expect(await refusal(parameters, pipe)).toMatch(/pipe\.csv" is not a plain file; save it to one first\.$/);
    expect(await refusal(parameters, "/dev/null")).toBe('"/dev/null" is not a plain file; save it to one first.');
  });
});

/** Why the file at this path is not taken. */
async function refusal(parameters: string[], path: string): Promise<string> {
  const named = parameters.some((parameter) => parameter.includes("PATH"));
  const all = named ? parameters.map((parameter) => parameter.replace("PATH", path)) : [...parameters, path];
  const environment = { WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token };
  const { code, stdout } = await startCli(environment, [...all, "--json"], asReader).result;
  const { error } = JSON.parse(stdout);
  expect([code, error.code]).toEqual([1, "file_unreadable"]);
  return error.message;
}
