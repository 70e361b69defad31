import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { ProcessRole } from "@waybill/core/worker/role";
import type { TestPostgres } from "@waybill/db/testing/test-database";
import { createTestDatabase } from "@waybill/db/testing/test-database";
import { type RunningServer, serve } from "../serve.ts";
import { readServerSettings } from "../settings.ts";

/** A real server for tests, with its administrator's ways to ask it. */
export interface TestServer extends RunningServer {
  home: string;
  databaseUrl: string;
  /** What it has logged as faults of its own. */
  faults: string[];
  /** What it has logged besides. */
  lines: Record<string, unknown>[];
  ask(path: string, init?: RequestInit): Promise<Response>;
  call(procedure: string, input: unknown, method?: "GET" | "POST"): Promise<TrpcAnswer>;
  /** Starts a run of a sample with its file, and gives its id once it is over. */
  runSample(integration: string, fileName: string): Promise<string>;
}

/** What a call answers: a result or an error, as far as tests look at it. */
export interface TrpcAnswer {
  result: { data: { id: string } };
  error: { message: string; data: { code: string; httpStatus: number; waybill: { code: string } } };
}

/** A real server on a free port, over a fresh database and a home of its own, with the samples installed. */
export async function startTestServer(postgres: TestPostgres, role: ProcessRole = "all"): Promise<TestServer> {
  const database = await createTestDatabase(postgres);
  const home = await mkdtemp(join(tmpdir(), "waybill-server-"));
  const settings = readServerSettings({
    DATABASE_URL: database.url,
    WAYBILL_HOME: home,
    PORT: "0",
    WAYBILL_SAMPLES: "on",
    WAYBILL_ROLE: role,
  });
  const faults: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const server = await serve(settings, {
    info: (fields, message) => {
      lines.push({ ...fields, message });
    },
    error: (fields, message) => {
      faults.push(message);
      console.error(message, fields);
    },
  });
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(server.url + path, { ...init, headers: { Authorization: `Bearer ${server.token}`, ...init.headers } });
  return {
    ...server,
    home,
    databaseUrl: database.url,
    faults,
    lines,
    ask,
    call: (procedure, input, method = "POST") => call(ask, procedure, input, method),
    runSample: (integration, fileName) => runSample(ask, integration, fileName),
    async close() {
      await server.close();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function call(
  ask: TestServer["ask"],
  procedure: string,
  input: unknown,
  method: "GET" | "POST",
): Promise<TrpcAnswer> {
  const json = JSON.stringify(input);
  const post = { method, headers: { "Content-Type": "application/json" }, body: json };
  const answer = await (method === "POST"
    ? ask(`/trpc/${procedure}`, post)
    : ask(`/trpc/${procedure}?input=${encodeURIComponent(json)}`));
  return (await answer.json()) as TrpcAnswer;
}

const samples = resolve(import.meta.dirname, "../../../../samples/files");

async function runSample(ask: TestServer["ask"], integration: string, fileName: string): Promise<string> {
  const sent = await ask(`/files?name=${fileName}`, { method: "POST", body: await readFile(join(samples, fileName)) });
  const sourceFile = ((await sent.json()) as { id: string }).id;
  const run = (await call(ask, "runs.start", { integration, sourceFile }, "POST")).result.data.id;
  const watched = await ask(`/trpc/runs.watch?input=${encodeURIComponent(JSON.stringify({ run }))}`);
  // The server ends the subscription with the run.
  for await (const _ of watched.body ?? []);
  return run;
}
