import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ApiClient, createApiClient } from "@waybill/cli/api-client";
import { openLocalFile } from "@waybill/cli/local-file";
import { uploadFile } from "@waybill/cli/transfer";
import type { RunListItem } from "@waybill/core/run/run-summary";
import type { BenchDatabase } from "../bench/cluster.ts";
import { followRuns } from "./follow-runs.ts";
import { startProcess } from "./start-process.ts";

/** A run that is over, and how long it took from the request to start it until its end was seen. */
export interface TimedRun {
  run: RunListItem;
  seconds: number;
}

/** A Waybill in a process of its own, on a database of its own. */
export interface BenchServer {
  api: ApiClient;
  url: string;
  pid: number;
  /** What another process needs to work for this Waybill. */
  masterKey: string;
  /** Keeps a file of this machine and gives its id. */
  upload(path: string): Promise<string>;
  /** Starts a run of a file that was uploaded, and waits for its end, whatever that is. */
  run(integration: string, sourceFile: string): Promise<TimedRun>;
  /** Waits for the end of a run, whatever that is. */
  untilOver(run: string): Promise<RunListItem>;
  stop(): Promise<void>;
}

/** Starts a server on a database, without samples, and waits until it answers. Throws what it said when it does not. */
export async function startServer(
  home: string,
  database: BenchDatabase,
  settings: Record<string, string> = {},
): Promise<BenchServer> {
  const serving = await startProcess(home, { DATABASE_URL: database.url, ...settings });
  try {
    await Promise.race([serving.untilSaid("Waybill is ready"), serving.ended]);
    const connection = await readConnection(home);
    const api = createApiClient(connection);
    const follower = await followRuns(api);
    const untilOver = async (run: string) => await Promise.race([follower.untilOver(run), serving.ended]);
    return {
      api,
      untilOver,
      url: connection.url,
      pid: serving.pid,
      masterKey: settings.WAYBILL_MASTER_KEY ?? (await readFile(join(home, "master.key"), "utf8")).trim(),
      upload: async (path) => await uploadFile(connection, await openLocalFile(path)),
      async run(integration, sourceFile) {
        const startedAt = performance.now();
        const { id } = await api.runs.start.mutate({ integration, sourceFile });
        const run = await untilOver(id);
        return { run, seconds: (performance.now() - startedAt) / 1_000 };
      },
      async stop() {
        follower.close();
        await serving.stop();
      },
    };
  } catch (error) {
    await serving.stop();
    throw error;
  }
}

async function readConnection(home: string) {
  const { url } = JSON.parse(await readFile(join(home, "server.json"), "utf8")) as { url: string };
  return { url, token: (await readFile(join(home, "token"), "utf8")).trim() };
}

/** Throws when a run did not accept every one of so many records: its speed would mean nothing. */
export function expectCompleted({ run }: TimedRun, records: number): void {
  if (run.status === "completed" && run.counts.accepted === records) return;
  const reason = run.failure?.message ?? `${run.counts.accepted} of ${records} records were accepted`;
  throw new Error(`The run ${run.name} is ${run.status}: ${reason}`);
}
