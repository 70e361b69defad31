import pg from "pg";

/** The connections of one process to Waybill's Postgres. */
export interface Database {
  url: string;
  pool: pg.Pool;
  close(): Promise<void>;
}

const connectMilliseconds = 10_000;
const idleMilliseconds = 30_000;
const oldestServerVersion = 130_000;

/** Opens a pool of at most `max` connections. Throws what `checkDatabase` throws. */
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
  return { url, pool, close: () => pool.end() };
}

/**
 * Checks that a database can be Waybill's, before anything is written to it. Throws when it cannot be reached, is older
 * than Postgres 13 or keeps its text in another encoding than UTF-8.
 */
export async function checkDatabase(url: string): Promise<void> {
  const database = await openDatabase(url, { max: 1 });
  await database.close();
}

async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ number: number; version: string; encoding: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
       current_setting('server_encoding') as encoding`,
  );
  const [server] = rows;
  if (server && server.number < oldestServerVersion) {
    throw new Error(`The database is Postgres ${server.version}; Waybill needs 13 or newer.`);
  }
  if (server && server.encoding !== "UTF8") {
    throw new Error(
      `The database keeps its text in ${server.encoding}; Waybill needs UTF8. Make one with: create database waybill encoding 'UTF8' template template0`,
    );
  }
}
