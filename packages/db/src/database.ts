import { Socket } from "node:net";
import pg from "pg";
import { PreparingClient } from "./preparing-client.ts";

/** The connections of one process to Waybill's Postgres. */
export interface Database {
  url: string;
  pool: pg.Pool;
  /** How this process opens a connection beside the pool, so that `dropConnections` reaches it too. */
  connection: pg.ClientConfig;
  /**
   * Cuts every connection of the process at once. Whatever waits on one rejects, transactions as lost; whoever asks
   * next gets a new connection.
   */
  dropConnections(): void;
  close(): Promise<void>;
}

/** How a database is opened: at most `max` connections in its pool, seen on the server under `applicationName`. */
export interface DatabaseOptions {
  max: number;
  applicationName?: string;
}

const connectMilliseconds = 10_000;
const idleMilliseconds = 30_000;
/** A connection gathers prepared statements and temporary tables, so it is not used for ever. */
export const usesMax = 1_000;
const oldestServerVersion = 130_000;

/** Opens a pool. Throws what `checkDatabase` throws. */
export async function openDatabase(
  url: string,
  { max, applicationName = "waybill" }: DatabaseOptions,
): Promise<Database> {
  const sockets = new Set<Socket>();
  const connection: pg.ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: connectMilliseconds,
    application_name: applicationName,
    keepAlive: true,
    stream: () => openSocket(sockets),
  };
  const pool = new pg.Pool({
    ...connection,
    Client: PreparingClient,
    max,
    maxUses: usesMax,
    idleTimeoutMillis: idleMilliseconds,
  });
  // A connection that is lost while idle is dropped by the pool; whoever asks next gets a new one.
  pool.on("error", () => undefined);
  const dropConnections = () => {
    for (const socket of sockets) socket.destroy();
  };
  try {
    await checkServer(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { url, pool, connection, dropConnections, close: () => pool.end() };
}

function openSocket(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
  return socket;
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
