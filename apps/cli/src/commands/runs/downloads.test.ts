import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runCli } from "../../testing/cli.ts";

const jobCodes = resolve(import.meta.dirname, "../../../../../samples/files/job-codes.csv");
let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test.each(["..", "a/b", "50 % ?#", "-- ü"])("the source of a run named %j comes as it was sent", async (name) => {
  await cli("run", "job-codes-import", "--file", jobCodes, `--name=${name}`);
  expect((await cli("runs", "source", "--", name)).stdout).toBe(await readFile(jobCodes, "utf8"));
});

function cli(...parameters: string[]) {
  return runCli({ WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token }, parameters);
}
