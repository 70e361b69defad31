import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";

const folder = join(import.meta.dirname, "..", "drizzle");
const lockKey = 4_600_001;

/**
 * Brings a database to the newest schema, each migration in a transaction of its own. Processes that start together
 * take turns. Throws when a migration that was applied has changed since, or the database knows one that is not here.
 */
export async function migrate(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await client.query("create schema if not exists waybill");
    await client.query(
      `create table if not exists waybill.migrations
         (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
    );
    await applyMissing(client, await readMigrations());
  } finally {
    await client.end();
  }
}

interface Migration {
  name: string;
  sql: string;
  sha256: string;
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), "utf8");
      return { name, sql, sha256: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function applyMissing(client: Client, migrations: Migration[]): Promise<void> {
  const { rows } = await client.query<{ name: string; sha256: string }>("select name, sha256 from waybill.migrations");
  const applied = new Map(rows.map((row) => [row.name, row.sha256]));
  const foreign = rows.find((row) => !migrations.some((migration) => migration.name === row.name));
  if (foreign) throw new Error(`The database was made by a newer Waybill (it knows ${foreign.name}). Update this one.`);
  for (const migration of migrations) {
    const known = applied.get(migration.name);
    if (known === migration.sha256) continue;
    if (known !== undefined)
      throw new Error(`The migration ${migration.name} has changed since it was applied to this database.`);
    await apply(client, migration);
  }
}

async function apply(client: Client, { name, sql, sha256 }: Migration): Promise<void> {
  await client.query("begin");
  try {
    for (const statement of sql.split("--> statement-breakpoint")) await client.query(statement);
    await client.query("insert into waybill.migrations (name, sha256) values ($1, $2)", [name, sha256]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
