import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@waybill/db";
import { createTestDatabase } from "@waybill/db/testing/test-database";
import { expect, inject, onTestFinished, test } from "vitest";
import { type RunningServer, serve } from "./serve.ts";
import { readServerSettings } from "./settings.ts";
import { readUntil } from "./testing/read-until.ts";

interface Workers {
  result: { data: { items: { role: string; lost: boolean; runs: unknown[] }[] } };
}

test("a web process answers people and takes no runs; a worker that shares no disk with it takes them", async () => {
  const { start } = await openShared();
  const { server: web } = await start("web");
  expect(await workersOf(web)).toEqual([]);
  const run = await startRun(web);
  const { server: worker, home } = await start("worker");
  expect(await workersOf(web)).toMatchObject([{ role: "worker", lost: false }]);
  const answer = await ask(web, `/trpc/runs.watch?input=${encodeURIComponent(JSON.stringify({ run }))}`);
  expect(await readUntil(answer, '"status":"completed"')).toContain('"read":25');
  expect(await readdir(home)).not.toContain("master.key");
  await worker.close();
  expect(await workersOf(web)).toEqual([]);
});

test("two web processes answer side by side, each with the token of its own home", async () => {
  const { start } = await openShared();
  const webs = [await start("web"), await start("web")];
  for (const { server } of webs) expect((await ask(server, "/trpc/system.info")).status).toBe(200);
});

test("a worker says how it is, and nothing else", async () => {
  const { start } = await openShared();
  const { server } = await start("worker");
  for (const path of ["/healthz", "/readyz"]) expect((await ask(server, path)).status).toBe(200);
  for (const path of ["/", "/trpc/system.info", "/sign-in", "/runs/any/source"]) {
    expect((await ask(server, path)).status).toBe(404);
  }
  expect((await ask(server, "/files?name=a.csv", { method: "POST", body: "a\n1\n" })).status).toBe(404);
});

test("what the web process keeps for ever is not purged by a worker that was told nothing of that", async () => {
  const { databaseUrl, start } = await openShared();
  const { server: web } = await start("web", { WAYBILL_KEEP_FILES_DAYS: "forever" });
  const database = await openDatabase(databaseUrl, { max: 1 });
  onTestFinished(database.close);
  await database.pool.query(
    `insert into waybill.stored_files (id, name, bytes, sha256, created_at, created_by)
     values (gen_random_uuid(), 'old.csv', 1, '', now() - interval '2 years', 'somebody')`,
  );
  await start("worker");
  const watched = await ask(
    web,
    `/trpc/runs.watch?input=${encodeURIComponent(JSON.stringify({ run: await startRun(web) }))}`,
  );
  await readUntil(watched, '"status":"completed"');
  expect((await database.pool.query("select from waybill.stored_files where name = 'old.csv'")).rowCount).toBe(1);
});

/** A database and a master key that processes share, each with a home of its own. */
async function openShared() {
  const database = await createTestDatabase(inject("postgres"));
  onTestFinished(database.drop);
  const shared = { DATABASE_URL: database.url, WAYBILL_MASTER_KEY: randomBytes(32).toString("base64"), PORT: "0" };
  async function start(
    WAYBILL_ROLE: "web" | "worker",
    keep: Record<string, string> = {},
  ): Promise<{ server: RunningServer; home: string }> {
    const home = await mkdtemp(join(tmpdir(), "waybill-role-"));
    const server = await serve(readServerSettings({ ...shared, ...keep, WAYBILL_ROLE, WAYBILL_HOME: home }), console);
    onTestFinished(async () => {
      await server.close();
      await rm(home, { recursive: true, force: true });
    });
    return { server, home };
  }
  return { databaseUrl: database.url, start };
}

function ask(server: RunningServer, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(server.url + path, { ...init, headers: { Authorization: `Bearer ${server.token}`, ...init.headers } });
}

async function startRun(server: RunningServer): Promise<string> {
  const body = `job_code,title,overtime\n${Array.from({ length: 25 }, (_, index) => `J${100 + index},Job,\n`).join("")}`;
  const sent = await ask(server, "/files?name=job-codes.csv", { method: "POST", body });
  const { id: sourceFile } = (await sent.json()) as { id: string };
  const started = await ask(server, "/trpc/runs.start", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ integration: "job-codes-import", sourceFile }),
  });
  return ((await started.json()) as { result: { data: { id: string } } }).result.data.id;
}

async function workersOf(server: RunningServer) {
  const answer = (await (await ask(server, "/trpc/workers.list")).json()) as Workers;
  return answer.result.data.items;
}
