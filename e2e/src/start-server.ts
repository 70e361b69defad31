import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runOnServer, withDatabase } from "@waybill/db/testing/test-database";
import { serve } from "@waybill/server/serve";
import { readServerSettings } from "@waybill/server/settings";

/** Starts a server of its own, with the samples installed, for all browser tests; it is gone after them. */
export default async function startServer(): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), "waybill-e2e-"));
  await chmod(home, 0o711);
  const database = await createDatabase(process.env.DATABASE_URL);
  const settings = readServerSettings({
    DATABASE_URL: database?.url,
    PORT: "0",
    WAYBILL_HOME: home,
    WAYBILL_SAMPLES: "on",
  });
  const server = await serve(settings, console);
  process.env.E2E_URL = server.url;
  process.env.E2E_TOKEN = server.token;
  return async () => {
    await server.close();
    await database?.drop();
    await rm(home, { recursive: true, force: true });
  };
}

/** A database for these tests alone, where a Postgres is named; otherwise the server brings its own. */
async function createDatabase(server: string | undefined) {
  if (!server) return null;
  const name = `waybill_e2e_${randomUUID().replaceAll("-", "")}`;
  await runOnServer(server, `create database ${name}`);
  return {
    url: withDatabase(server, name),
    drop: () => runOnServer(server, `drop database ${name} with (force)`),
  };
}
