import type { ClientBase } from "pg";
import { PgBoss } from "pg-boss";

/** The job that carries a run: only its id; everything else is read where the run stands. */
export interface RunJob {
  runId: string;
}

/** Carries runs to workers on any number of machines, over the one database. */
export interface RunQueue {
  /** Puts a run on the queue within the caller's transaction; runs of one `group` go one at a time. */
  enqueue(client: ClientBase, runId: string, group: string): Promise<void>;
  /** Takes runs as they come, `concurrency` at a time, until the queue stops. */
  work(concurrency: number, handler: (runId: string, signal: AbortSignal) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

const queueName = "waybill-runs";
const queueSchema = "waybill_queue";
const heartbeatSeconds = 10;
/** The run itself knows when it has been tried often enough; the queue never gives one up. */
const retriesMax = 1_000_000;
const runSecondsMax = 23 * 60 * 60;
const stopMilliseconds = 20_000;

/** Opens the queue on its own small pool. Throws when the database cannot be reached. */
export async function openRunQueue(url: string, onError: (error: Error) => void): Promise<RunQueue> {
  const boss = new PgBoss({
    connectionString: url,
    schema: queueSchema,
    max: 6,
    useListenNotify: true,
    schedule: false,
    monitorIntervalSeconds: 10,
    superviseIntervalSeconds: 10,
  });
  boss.on("error", onError);
  await boss.start();
  await boss.createQueue(queueName, {
    notify: true,
    retryLimit: retriesMax,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 30,
    heartbeatSeconds,
    expireInSeconds: runSecondsMax,
  });
  return {
    async enqueue(client, runId, group) {
      const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
      await boss.send(queueName, { runId }, { db, group: { id: group } });
    },
    async work(concurrency, handler) {
      const options = {
        localConcurrency: concurrency,
        groupConcurrency: 1,
        pollingIntervalSeconds: 0.5,
        notifyPollingIntervalSeconds: 1,
      };
      await boss.work<RunJob>(queueName, options, async ([job]) => {
        if (job) await handler(job.data.runId, job.signal);
      });
    },
    stop: () => boss.stop({ graceful: true, timeout: stopMilliseconds }),
  };
}
