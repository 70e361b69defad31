import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestPostgres } from "@waybill/db/testing/test-database";
import { createTestDatabase } from "@waybill/db/testing/test-database";
import { type RunningServer, serve } from "../serve.ts";
import { readServerSettings } from "../settings.ts";

/** A real server on a free port, over a fresh database and a home of its own, with the samples installed. */
export async function startTestServer(
  postgres: TestPostgres,
): Promise<RunningServer & { home: string; databaseUrl: string }> {
  const database = await createTestDatabase(postgres);
  const home = await mkdtemp(join(tmpdir(), "waybill-server-"));
  const settings = readServerSettings({
    DATABASE_URL: database.url,
    WAYBILL_HOME: home,
    PORT: "0",
    WAYBILL_SAMPLES: "on",
  });
  const server = await serve(settings, {
    info: () => undefined,
    error: (fields, message) => console.error(message, fields),
  });
  return {
    ...server,
    home,
    databaseUrl: database.url,
    async close() {
      await server.close();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
