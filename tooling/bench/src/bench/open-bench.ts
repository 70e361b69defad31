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
  /** Gives a fresh server on a fresh database, and takes both away afterwards. */
  withServer<Result>(use: (server: BenchServer, database: BenchDatabase) => Promise<Result>): Promise<Result>;
  withGpg<Result>(use: (gpg: Gpg) => Promise<Result>): Promise<Result>;
  /** Does the work, then stops what it stood on; that is stopped, too, when the bench is closed meanwhile. */
  thenStop<Result>(stop: () => Promise<void>, work: () => Promise<Result>): Promise<Result>;
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
  const thenStop: Bench["thenStop"] = async (stop, work) => {
    stops.push(stop);
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      const at = stops.indexOf(stop);
      if (at >= 0) stops.splice(at, 1);
      if (at >= 0) await stop();
    }
  };
  return {
    sizes,
    times,
    files: openPeopleFiles(folder, say),
    folder,
    postgresVersion: cluster.version,
    freshPath,
    async withServer(use) {
      signal.throwIfAborted();
      const database = await cluster.createDatabase();
      return await thenStop(database.drop, async () => {
        const server = await startServer(freshPath(), database);
        return await thenStop(server.stop, () => use(server, database));
      });
    },
    async withGpg(use) {
      signal.throwIfAborted();
      const gpg = await openGpg();
      return await thenStop(gpg.close, () => use(gpg));
    },
    thenStop,
    say,
    signal,
    close: () => stopAll(stops),
  };
}

type Stop = () => Promise<void>;

/** The last thing started is stopped first; a fault in one does not keep the others. */
async function stopAll(stops: Stop[]): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) await stop().catch((error) => process.emitWarning(error));
}
