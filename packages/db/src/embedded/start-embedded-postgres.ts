import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, open, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { findBinaries } from "./binaries.ts";
import { ensureCluster } from "./ensure-cluster.ts";
import { exists } from "./exists.ts";
import { type ClusterPlace, placeCluster } from "./place-cluster.ts";
import { findServerUser, type ServerUser } from "./server-user.ts";
import { stopLeftover } from "./stop-leftover.ts";

/** A Postgres that this process started. */
export interface EmbeddedPostgres {
  /** By 127.0.0.1, for any program of this machine. */
  url: string;
  /** By a socket of this user's, which is quicker; by 127.0.0.1 where there can be none. */
  quickUrl: string;
  stop(): Promise<void>;
}

/** Where an embedded Postgres lives, and how it runs. */
export interface EmbeddedPostgresOptions {
  /** Holds the cluster, its password and its log. */
  folder: string;
  /** More settings of the server, such as `{ fsync: "off" }` for data that may be lost. */
  settings?: Record<string, string>;
}

const startMilliseconds = 60_000;
const stopMilliseconds = 15_000;
const pollMilliseconds = 25;
const databaseName = "waybill";

const usualSettings = {
  listen_addresses: "127.0.0.1",
  max_connections: "200",
  max_wal_size: "2GB",
  shared_buffers: "128MB",
};

/**
 * Starts the cluster in a folder that the caller has for itself alone, made on its first use; a server that a lost
 * process left behind there is ended first. Throws when Postgres cannot start, with the place of its log.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.folder, { recursive: true });
  const user = findServerUser();
  const place = await placeCluster(options.folder, await findBinaries(), user);
  const password = await keepPassword(options.folder);
  await ensureCluster(place, password, user);
  await stopLeftover(place.dataFolder, password);

  const port = await findFreePort();
  const logPath = join(options.folder, "postgres.log");
  const socketFolder = socketFolderIn(place);
  const settings = { ...usualSettings, unix_socket_directories: socketFolder ?? "", ...options.settings };
  const server = await launch(place, { port, logPath, settings, user });
  const url = (name: string) => `postgres://waybill:${password}@127.0.0.1:${port}/${name}`;
  await untilReady(server, url("postgres"), logPath);
  await ensureDatabase(url("postgres"));
  const quickUrl = socketFolder ? `${url(databaseName)}?host=${encodeURIComponent(socketFolder)}` : url(databaseName);
  return { url: url(databaseName), quickUrl, stop: () => stop(server) };
}

/** What the address of a socket may be, everywhere. */
const socketPathBytesMax = 103;
const longestSocketName = "/.s.PGSQL.65535";

/** Null where sockets have no place in the file system, or the folder's name is too long or too strange for one. */
function socketFolderIn({ dataFolder }: ClusterPlace): string | null {
  const fits = Buffer.byteLength(dataFolder) + longestSocketName.length <= socketPathBytesMax;
  return process.platform !== "win32" && fits && /^[\w./-]+$/.test(dataFolder) ? dataFolder : null;
}

async function keepPassword(folder: string): Promise<string> {
  const path = join(folder, "password");
  if (await exists(path)) return (await readFile(path, "utf8")).trim();
  const password = randomBytes(24).toString("hex");
  await writeFile(path, `${password}\n`, { mode: 0o600 });
  return password;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No free port was found on 127.0.0.1.");
  return address.port;
}

interface Launch {
  port: number;
  logPath: string;
  settings: Record<string, string>;
  user: ServerUser | null;
}

/** In a process group of its own, so that Ctrl-C reaches Waybill, which stops it in order. */
async function launch(
  { binaries, dataFolder }: ClusterPlace,
  { port, logPath, settings, user }: Launch,
): Promise<ChildProcess> {
  const log = await open(logPath, "a", 0o600);
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  try {
    return spawn(binaries.postgres, ["-D", dataFolder, "-p", String(port), ...flags], {
      cwd: "/",
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      ...user,
    });
  } finally {
    await log.close();
  }
}

async function untilReady(server: ChildProcess, url: string, logPath: string): Promise<void> {
  const deadline = performance.now() + startMilliseconds;
  let failed: Error | undefined;
  server.once("error", (error) => {
    failed = error;
  });
  while (!(await answers(url))) {
    const ended = server.exitCode !== null || failed !== undefined;
    if (ended || performance.now() > deadline) {
      throw new Error(`The embedded Postgres did not start. Its log is ${logPath}.`, { cause: failed });
    }
    await delay(pollMilliseconds);
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGINT");
  const impatience = setTimeout(() => server.kill("SIGQUIT"), stopMilliseconds);
  await ended;
  clearTimeout(impatience);
}
