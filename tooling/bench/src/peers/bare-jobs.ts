import { PgBoss } from "pg-boss";
import type { BenchDatabase } from "../bench/cluster.ts";
import { inFlight } from "../measure/in-flight.ts";
import { secondsOf } from "../measure/in-turns.ts";

/** Jobs of pg-boss that do next to nothing: what the queue itself can carry. */
export interface BareJobs {
  /** Sends so many jobs, so many at a time, each awaited; gives jobs a second. */
  run(count: number, atOnce: number): Promise<number>;
  stop(): Promise<void>;
}

const queueName = "bare-jobs";

/** Opens a queue whose handler inserts one row, with a worker for each job that may be under way. */
export async function openBareJobs(database: BenchDatabase, workers: number): Promise<BareJobs> {
  await database.query("create table bare_jobs (id uuid)");
  const boss = new PgBoss({
    connectionString: database.url,
    schema: "bare_queue",
    useListenNotify: true,
    schedule: false,
  });
  let failed: unknown;
  boss.on("error", (error) => {
    failed ??= error;
  });
  await boss.start();
  await boss.createQueue(queueName, { notify: true });
  const waiting = new Map<string, () => void>();
  await boss.work(queueName, { localConcurrency: workers, pollingIntervalSeconds: 0.5 }, async ([job]) => {
    if (!job) return;
    await boss.getDb().executeSql("insert into bare_jobs values ($1)", [job.id]);
    waiting.get(job.id)?.();
  });
  return {
    async run(count, atOnce) {
      const seconds = await secondsOf(() =>
        inFlight(count, atOnce, async () => {
          const { promise, resolve } = Promise.withResolvers<void>();
          const id = crypto.randomUUID();
          waiting.set(id, resolve);
          await boss.send(queueName, {}, { id });
          await promise;
          waiting.delete(id);
        }),
      );
      if (failed) throw failed;
      return count / seconds;
    },
    stop: () => boss.stop({ graceful: true }),
  };
}
