import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@waybill/db/embedded/start-embedded-postgres";
import { runOnServer, withDatabase } from "@waybill/db/testing/test-database";
import { Client } from "pg";

/** The Postgres that Waybill and its peers share. */
export interface Cluster {
  version: string;
  createDatabase(): Promise<BenchDatabase>;
  stop(): Promise<void>;
}

/** A database for one measurement alone. */
export interface BenchDatabase {
  url: string;
  /** Runs SQL and gives the rows of its last statement. */
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Writes out what earlier work left in memory, so that it does not fall on the next; nothing where that is not allowed. */
  settle(): Promise<void>;
  drop(): Promise<void>;
}

/** The Postgres of this URL, or an embedded one in a folder, with the settings it has under `waybill serve`. */
export async function openCluster(url: string | undefined, folder: string): Promise<Cluster> {
  const embedded = url ? null : await startEmbedded(join(folder, "postgres"));
  const server = url ?? embedded?.quickUrl ?? "";
  return {
    version: await versionOf(server),
    createDatabase: () => createDatabase(server),
    stop: async () => await embedded?.stop(),
  };
}

async function startEmbedded(folder: string) {
  await mkdir(folder, { mode: 0o755 });
  return await startEmbeddedPostgres({ folder });
}

async function versionOf(server: string): Promise<string> {
  const [row] = await query<{ server_version: string }>(server, "show server_version");
  return row?.server_version ?? "";
}

async function createDatabase(server: string): Promise<BenchDatabase> {
  const name = `waybill_bench_${randomUUID().replaceAll("-", "")}`;
  await runOnServer(server, `create database ${name} encoding 'UTF8' template template0`);
  const url = withDatabase(server, name);
  return {
    url,
    query: (sql, values) => query(url, sql, values),
    settle: () => runOnServer(url, "checkpoint").catch(() => undefined),
    drop: () => runOnServer(server, `drop database if exists ${name} with (force)`),
  };
}

async function query<Row>(url: string, sql: string, values?: unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(sql, values);
    return rows as Row[];
  } finally {
    await client.end();
  }
}
