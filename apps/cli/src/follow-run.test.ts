import { resolve } from "node:path";
import { startTestServer } from "@waybill/server/testing/test-server";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { runCli, startCli } from "./testing/cli.ts";
import { type Line, layLine } from "./testing/line.ts";

const jobCodes = ["--file", resolve(import.meta.dirname, "../../../samples/files/job-codes.csv")];
let server: Awaited<ReturnType<typeof startTestServer>>;
let line: Line;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
  line = await layLine(server.url);
  await runCli(environment(), ["run", "job-codes-import", ...jobCodes]);
});

afterAll(async () => {
  await line.cut();
  await server.close();
});

test("a run is followed to its end over a line that breaks and comes back", async () => {
  const release = await holdDestination();
  const watched = line.sent("/runs.watch");
  const { result } = startCli(environment(), ["run", "job-codes-import", ...jobCodes, "--json"]);
  await watched;
  await line.cut();
  await line.mend();
  await release();
  const { code, stdout } = await result;
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { status: "completed" }]);
});

test("a server that stays away is given up with one object that names the run", async () => {
  const release = await holdDestination();
  onTestFinished(release);
  const watched = line.sent("/runs.watch");
  const { result } = startCli(environment(), [
    "run",
    "job-codes-import",
    ...jobCodes,
    "--name",
    "Left alone",
    "--json",
  ]);
  await watched;
  await line.cut();
  onTestFinished(() => line.mend());
  const { code, stdout } = await result;
  const id = JSON.parse((await runCli(direct(), ["runs", "show", "Left alone", "--json"])).stdout).id;
  expect([code, JSON.parse(stdout).error]).toMatchObject([1, { code: "server_unreachable", details: { run: id } }]);
  expect(JSON.parse(stdout).error.message).toContain(`Watch it: npx waybill runs watch ${id}`);
});

test("a run that no worker takes says so while it is followed, and in its Run Summary", async () => {
  const web = await startTestServer(inject("postgres"), "web");
  onTestFinished(() => web.close());
  const toWeb = await layLine(web.url);
  onTestFinished(() => toWeb.cut());
  const environment = { WAYBILL_URL: toWeb.url, WAYBILL_TOKEN: web.token };
  const answered = toWeb.answered("no_worker");
  const { result } = startCli(environment, ["run", "job-codes-import", ...jobCodes, "--name", "Nobody takes it"]);
  await answered;
  const shown = await runCli(environment, ["runs", "show", "Nobody takes it"]);
  expect(shown.stdout).toContain("In-Progress, queued\n\nWaiting: No worker takes runs");
  await runCli(environment, ["runs", "cancel", "Nobody takes it"]);
  expect(await result).toMatchObject({ stderr: expect.stringContaining("Waiting: No worker takes runs") });
});

/** Keeps runs from writing job codes until it is released. */
async function holdDestination(): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  await client.query("begin; lock table waybill_data.job_codes in access exclusive mode");
  return () => client.end();
}

function environment() {
  return { WAYBILL_URL: line.url, WAYBILL_TOKEN: server.token };
}

function direct() {
  return { WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token };
}
