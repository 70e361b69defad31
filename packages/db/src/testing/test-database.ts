import { randomUUID } from "node:crypto";
import { Client } from "pg";
import type {} from "vitest";

/** The Postgres of a test command: any of its databases, and the migrated one that test databases are copies of. */
export interface TestPostgres {
  url: string;
  template: string;
}

declare module "vitest" {
  interface ProvidedContext {
    postgres: TestPostgres;
  }
}

/** A fresh, migrated database of its own for a test. */
export async function createTestDatabase(server: TestPostgres): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `waybill_test_${randomUUID().replaceAll("-", "")}`;
  await runOnServer(server.url, `create database ${name} template ${server.template}`);
  const drop = () => runOnServer(server.url, `drop database if exists ${name} with (force)`);
  return { url: withDatabase(server.url, name), drop };
}

/** An empty database whose text is not UTF-8. */
export async function createLatin1Database(server: TestPostgres): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `waybill_latin1_${randomUUID().replaceAll("-", "")}`;
  const provider = (await versionOf(server.url)) >= firstVersionWithProviders ? "locale_provider libc" : "";
  await runOnServer(server.url, `create database ${name} encoding 'LATIN1' template template0 locale 'C' ${provider}`);
  const drop = () => runOnServer(server.url, `drop database if exists ${name} with (force)`);
  return { url: withDatabase(server.url, name), drop };
}

const firstVersionWithProviders = 150_000;

async function versionOf(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const sql = "select current_setting('server_version_num')::int as number";
    return (await client.query<{ number: number }>(sql)).rows[0]?.number ?? 0;
  } finally {
    await client.end();
  }
}

/** The same server, another database. */
export function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs one statement on a connection of its own. */
export async function runOnServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
