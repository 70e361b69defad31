import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { startTestServer } from "@waybill/server/testing/test-server";
import { Client } from "pg";
import { afterEach, beforeEach, expect, inject, onTestFinished, test } from "vitest";
import { runCli } from "../../testing/cli.ts";

type Server = ChildProcessByStdio<null, Readable, null>;

const main = join(import.meta.dirname, "..", "..", "main.ts");
const serveProcess = join(import.meta.dirname, "..", "..", "testing", "serve-process.ts");
let home: string;
let started: Server[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "waybill-serve-"));
  await chmod(home, 0o711);
});

afterEach(async () => {
  for (const server of started) await stop(server, "SIGTERM");
  started = [];
  await rm(home, { recursive: true, force: true });
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "at %s server and Postgres stop, and all data is kept",
  async (signal) => {
    const first = await serve();
    expect(first.said).toContain("Completed with Errors");
    expect(first.said).toMatch(/sign-in\?link=\S{40,}/);
    expect(await stop(first.server, signal)).toBe(0);
    expect(await postgresRuns()).toBe(false);

    const second = await serve();
    expect(second.said).not.toContain("Completed with Errors");
    const runs = await runCli({ WAYBILL_HOME: home }, ["runs", "list", "--json"]);
    expect(JSON.parse(runs.stdout).items).toMatchObject([{ status: "completed_with_errors", counts: { read: 1000 } }]);
  },
);

test("a Postgres that a killed server left behind is taken over", async () => {
  const { server } = await serve();
  await stop(server, "SIGKILL");
  expect(await postgresRuns()).toBe(true);
  expect((await serve()).said).toContain("Waybill is ready");
});

test("a server that something keeps from stopping ends by itself, and says so by its exit code", async () => {
  const worker = await startTestServer(inject("postgres"), "worker");
  onTestFinished(() => worker.close());
  const somebody = new Client({ connectionString: worker.databaseUrl });
  await somebody.connect();
  onTestFinished(() => somebody.end());
  await somebody.query("begin; lock table waybill.stored_file_chunks");
  const stopMillisecondsMax = "500";
  const { server } = await serve([serveProcess, stopMillisecondsMax], {
    DATABASE_URL: worker.databaseUrl,
    WAYBILL_MASTER_KEY: (await readFile(join(worker.home, "master.key"), "utf8")).trim(),
    WAYBILL_SAMPLES: "off",
  });
  await untilPurging(somebody);
  expect(await stop(server, "SIGTERM")).toBe(1);
});

test.runIf(process.platform === "linux")(
  "a server keeps no large buffers for later, and its Postgres does",
  async () => {
    const { server } = await serve();
    expect(await readEnvironment(Number(server.pid))).toContain("MALLOC_MMAP_THRESHOLD_=262144");
    const postgres = await readFile(join(await postgresData(), "postmaster.pid"), "utf8");
    expect(await readEnvironment(Number(postgres.split("\n")[0]))).not.toContain("MALLOC_");
  },
);

async function readEnvironment(pid: number): Promise<string> {
  return await readFile(`/proc/${pid}/environ`, "utf8");
}

async function serve(
  command = [main, "serve"],
  settings: Record<string, string> = {},
): Promise<{ server: Server; said: string }> {
  const environment = { PATH: process.env.PATH, HOME: home, WAYBILL_HOME: home, PORT: "0", ...settings };
  const server = spawn(process.execPath, command, { env: environment, stdio: ["ignore", "pipe", "ignore"] });
  started.push(server);
  let said = "";
  for await (const chunk of server.stdout.iterator({ destroyOnReturn: false })) {
    said += chunk;
    if (said.includes("Stop with Ctrl-C.")) return { server, said };
  }
  throw new Error(`The server ended early: ${said}`);
}

/** Waits until a purge of this database waits for a lock. */
async function untilPurging(somebody: Client): Promise<void> {
  const sql = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
               and query like '%waybill.stored_file_chunks%'`;
  while ((await somebody.query(sql)).rowCount === 0) {
    // A transaction would else see the sessions as it first saw them.
    await somebody.query("select pg_stat_clear_snapshot()");
  }
}

async function stop(server: Server, signal: NodeJS.Signals): Promise<number | null> {
  if (server.exitCode !== null || server.signalCode !== null) return server.exitCode;
  const ended = once(server, "exit");
  server.stdout.resume();
  server.kill(signal);
  await ended;
  return server.exitCode;
}

async function postgresData(): Promise<string> {
  const postgres = join(home, "postgres");
  const elsewhere = await readFile(join(postgres, "location"), "utf8").catch(() => null);
  return elsewhere?.trim() ?? join(postgres, "data");
}

async function postgresRuns(): Promise<boolean> {
  return await stat(join(await postgresData(), "postmaster.pid")).then(
    () => true,
    () => false,
  );
}
