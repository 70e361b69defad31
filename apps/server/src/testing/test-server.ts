import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  ask(path: string, init?: RequestInit): Promise<Response>;
  call(procedure: string, input: unknown, method?: "GET" | "POST"): Promise<TrpcAnswer>;
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
  const server = await serve(settings, {
    info: () => undefined,
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
    ask,
    call: (procedure, input, method = "POST") => call(ask, procedure, input, method),
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
