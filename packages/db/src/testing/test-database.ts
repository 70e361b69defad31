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
