import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Gpg, openGpg } from "../data/gpg.ts";
import { openPeopleFiles, type PeopleFiles } from "../data/people-files.ts";
import { type BenchServer, startServer } from "../server/start-server.ts";
import { type BenchDatabase, openCluster } from "./cluster.ts";
import type { Sizes } from "./sizes.ts";

/** What every case measures with. */
export interface Bench {
  sizes: Sizes;
  /** How often Waybill and its peer take their turn. */
  times: number;
  files: PeopleFiles;
  folder: string;
  postgresVersion: string;
  /** A path that nothing has yet. */
  freshPath(): string;
  /** Gives a fresh database, and takes it away afterwards. */
  withDatabase<Result>(use: (database: BenchDatabase) => Promise<Result>): Promise<Result>;
  /** Gives a fresh server on a fresh database, and takes both away afterwards. */
  withServer<Result>(use: (server: BenchServer, database: BenchDatabase) => Promise<Result>): Promise<Result>;
  withGpg<Result>(use: (gpg: Gpg) => Promise<Result>): Promise<Result>;
  /** Tells whoever waits what is going on. */
  say(text: string): void;
  /** Tells that somebody wants all of this to end. */
  signal: AbortSignal;
  /** Stops and removes everything. May be called twice. */
  close(): Promise<void>;
}

/** What a bench is opened with. Without a URL it starts a Postgres of its own; after `signal` nothing new begins. */
export interface BenchOptions {
  databaseUrl: string | undefined;
  sizes: Sizes;
  times: number;
  say(text: string): void;
  signal: AbortSignal;
}

/** Opens a folder for files and a Postgres. */
export async function openBench({ databaseUrl, sizes, times, say, signal }: BenchOptions): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-bench-"));
  await chmod(folder, 0o711);
  const stops: Stop[] = [() => rm(folder, { recursive: true, force: true })];
  const cluster = await openCluster(databaseUrl, folder).catch(async (error) => {
    await stopAll(stops);
    throw error;
  });
  stops.push(() => cluster.stop());
  const freshPath = () => join(folder, randomUUID());
  const withDatabase: Bench["withDatabase"] = async (use) => {
    signal.throwIfAborted();
    const database = await cluster.createDatabase();
    return await using(stops, database.drop, () => use(database));
  };
  return {
    sizes,
    times,
    files: openPeopleFiles(folder, say),
    folder,
    postgresVersion: cluster.version,
    freshPath,
    withDatabase,
    withServer: (use) =>
      withDatabase(async (database) => {
        const server = await startServer(freshPath(), database);
        return await using(stops, server.stop, () => use(server, database));
      }),
    async withGpg(use) {
      signal.throwIfAborted();
      const gpg = await openGpg();
      return await using(stops, gpg.close, () => use(gpg));
    },
    say,
    signal,
    close: () => stopAll(stops),
  };
}

type Stop = () => Promise<void>;

/** Does the work, then stops what it stood on; `stops` knows of it meanwhile, for a bench that ends early. */
async function using<Result>(stops: Stop[], stop: Stop, work: () => Promise<Result>): Promise<Result> {
  stops.push(stop);
  try {
    return await work();
  } finally {
    const at = stops.indexOf(stop);
    if (at >= 0) {
      stops.splice(at, 1);
      await stop();
    }
  }
}

/** The last thing started is stopped first; a fault in one does not keep the others. */
async function stopAll(stops: Stop[]): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) await stop().catch((error) => process.emitWarning(error));
}
