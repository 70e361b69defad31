import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../embedded/start-embedded-postgres.ts";
import { migrate } from "../migrate.ts";
import { runOnServer, type TestPostgres, withDatabase } from "./test-database.ts";

interface Project {
  provide(key: "postgres", value: TestPostgres): void;
}

/** Gives the tests one Postgres: that of DATABASE_URL, or an embedded one that is gone with them. */
export default async function setUp(project: Project): Promise<() => Promise<void>> {
  const server = process.env.DATABASE_URL
    ? { url: process.env.DATABASE_URL, stop: async () => undefined }
    : await startFresh();
  const template = `waybill_template_${randomUUID().replaceAll("-", "")}`;
  await runOnServer(server.url, `create database ${template}`);
  await migrate(withDatabase(server.url, template));
  project.provide("postgres", { url: server.url, template });
  return async () => {
    await runOnServer(server.url, `drop database if exists ${template} with (force)`);
    await server.stop();
  };
}

async function startFresh() {
  const folder = await mkdtemp(join(tmpdir(), "waybill-test-"));
  await chmod(folder, 0o755);
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  const server = await startEmbeddedPostgres({ folder, settings });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
