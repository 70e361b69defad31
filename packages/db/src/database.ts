import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";

/** The connections of one process to Waybill's Postgres. */
export interface Database {
  url: string;
  pool: pg.Pool;
  orm: NodePgDatabase;
  close(): Promise<void>;
}

const connectMilliseconds = 10_000;
const idleMilliseconds = 30_000;
const oldestServerVersion = 130_000;

/** Opens a pool of at most `max` connections. Throws when the server cannot be reached or is older than Postgres 13. */
export async function openDatabase(url: string, { max }: { max: number }): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: connectMilliseconds,
    idleTimeoutMillis: idleMilliseconds,
    application_name: "waybill",
  });
  // A connection that is lost while idle is dropped by the pool; whoever asks next gets a new one.
  pool.on("error", () => undefined);
  try {
    await checkServer(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { url, pool, orm: drizzle(pool), close: () => pool.end() };
}

async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ number: number; version: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
  );
  const [server] = rows;
  if (server && server.number < oldestServerVersion) {
    throw new Error(`The database is Postgres ${server.version}; Waybill needs 13 or newer.`);
  }
}
