import { PreparingClient } from "@waybill/db";
import type { ClientBase, ClientConfig } from "pg";
import { PgBoss } from "pg-boss";
import { limits } from "../limits.ts";

/** The job that carries a run: only its id; everything else is read where the run stands. */
export interface RunJob {
  id: string;
  runId: string;
  /** How often in a row the run was taken and had to wait for others of its integration. */
  waits: number;
}

/** A run as the queue needs to know it. */
export interface QueuedRun {
  id: string;
  integrationId: string;
  /** How many runs of the integration go at once. */
  runsAtOnce: number;
}

/** When a run is to be taken. */
export interface QueueOptions {
  startAfterSeconds?: number;
  waits?: number;
  /** Whether the run has been on the queue before; then it goes before those that have not. */
  again?: boolean;
}

/** A job whose taker is gone, and the run that it carries. */
export type StaleJob = Pick<RunJob, "id" | "runId">;

/** Carries runs to workers on any number of machines, over the one database. */
export interface RunQueue {
  /** Puts a run on the queue within the caller's transaction, and gives the id of the job that carries it. */
  enqueue(client: ClientBase, run: QueuedRun, options?: QueueOptions): Promise<string>;
  /** Takes a job away within the caller's transaction, whoever works on it. */
  cancel(client: ClientBase, jobId: string): Promise<void>;
  /** The jobs that somebody has taken and lets go stale: a process that lives says every few seconds that it has them. */
  findStale(database: Pick<ClientBase, "query">): Promise<StaleJob[]>;
  /** Takes runs as they come, `slots` at a time, until it is stopped. `stop` waits for the runs that were taken. */
  work(slots: number, handler: RunHandler): Promise<{ stop(): Promise<void> }>;
  stop(): Promise<void>;
}

/** Executes the run of one job; `signal` aborts when the job is no longer this worker's. */
export type RunHandler = (job: RunJob, signal: AbortSignal) => Promise<void>;

const queueName = "waybill-runs";
const queueSchema = "waybill_queue";
const connectionsMax = 6;
const queryMillisecondsMax = 20_000;
const heartbeatSeconds = 10;
/** The run itself knows when it has been tried often enough; the queue never gives one up. */
const retriesMax = 1_000_000;
/** A run that was given back has a new job; this is for one that could not even be given back. */
const retrySeconds = 1;
const runSecondsMax = 23 * 60 * 60;
const waitingSecondsMax = 365 * 24 * 60 * 60;
/** A job that is over says nothing that its run does not. */
const keptSeconds = 60 * 60;
const stopMilliseconds = 2_000;

/** Opens the queue on its own small pool. Throws when the database cannot be reached. */
export async function openRunQueue(connection: ClientConfig, onError: (error: Error) => void): Promise<RunQueue> {
  const boss = new PgBoss({
    ...connection,
    // Its types know less than it hands on to its pool of `pg`.
    ...{ query_timeout: queryMillisecondsMax, Client: PreparingClient },
    schema: queueSchema,
    max: connectionsMax,
    useListenNotify: true,
    schedule: false,
    monitorIntervalSeconds: 10,
    superviseIntervalSeconds: 10,
  });
  boss.on("error", (error) => {
    // The pool of `pg` hangs the whole client on the error of a connection that it lost.
    if ("client" in error) delete error.client;
    onError(error);
  });
  try {
    await boss.start();
    await prepareQueue(boss);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw error;
  }
  return {
    enqueue: (client, run, options) => enqueue(boss, client, run, options),
    async cancel(client, jobId) {
      await boss.cancel(queueName, jobId, { db: within(client) });
    },
    findStale,
    work: (slots, handler) => takeRunsInSlots(boss, slots, handler),
    stop: () => boss.stop({ graceful: true, timeout: stopMilliseconds }),
  };
}

/** What may have been made with other options by an earlier version is brought to these. */
async function prepareQueue(boss: PgBoss): Promise<void> {
  const times = {
    retryLimit: retriesMax,
    retryDelay: retrySeconds,
    retryBackoff: false,
    expireInSeconds: runSecondsMax,
    retentionSeconds: waitingSecondsMax,
    deleteAfterSeconds: keptSeconds,
  };
  await boss.createQueue(queueName, { notify: true, heartbeatSeconds, ...times });
  await boss.updateQueue(queueName, times);
}

async function enqueue(
  boss: PgBoss,
  client: ClientBase,
  run: QueuedRun,
  { startAfterSeconds = 0, waits = 0, again = false }: QueueOptions = {},
): Promise<string> {
  const data: Omit<RunJob, "id"> = { runId: run.id, waits };
  const jobId = await boss.send(queueName, data, {
    db: within(client),
    group: { id: run.integrationId, ...(run.runsAtOnce > 1 && { tier: String(run.runsAtOnce) }) },
    priority: again ? 1 : 0,
    startAfter: startAfterSeconds,
  });
  if (!jobId) throw new Error("The queue took no job for a run.");
  return jobId;
}

/** The queue itself looks for these less often than a run may wait. */
async function findStale(database: Pick<ClientBase, "query">): Promise<StaleJob[]> {
  const { rows } = await database.query<StaleJob>(
    `select id, data ->> 'runId' as "runId" from ${queueSchema}.job
     where name = $1 and state = 'active' and group_id is not null
       and heartbeat_on < now() - make_interval(secs => $2)`,
    [queueName, heartbeatSeconds],
  );
  return rows;
}

function within(client: ClientBase) {
  return { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
}

/** A group of each tier has as many runs at once as the tier's name says. */
const groupTiers = Object.fromEntries(
  Array.from({ length: limits.runsAtOnceMax }, (_, index) => [String(index + 1), index + 1]),
);

type GroupLimits = { default: number; tiers?: Record<string, number> };

async function takeRunsInSlots(boss: PgBoss, slots: number, handler: RunHandler): Promise<{ stop(): Promise<void> }> {
  const stop = () => boss.offWork(queueName, { wait: true });
  try {
    for (let slot = 1; slot < slots; slot++) await takeRuns(boss, { default: 1, tiers: groupTiers }, handler);
    await takeRuns(boss, { default: 1 }, handler);
    return { stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

/**
 * Takes runs into one slot. The queue gives the oldest whose integration is below its limit. One slot of a worker has no
 * tiers: it takes only runs of integrations of which nothing goes, so that one that fills every other slot does not hold
 * up the rest.
 */
async function takeRuns(boss: PgBoss, groups: GroupLimits, handler: RunHandler): Promise<void> {
  const options = { groupConcurrency: groups, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 1 };
  const slot = await boss.work<Omit<RunJob, "id">>(queueName, options, async ([job]) => {
    try {
      if (job) await handler({ id: job.id, runId: job.data.runId, waits: job.data.waits ?? 0 }, job.signal);
    } finally {
      // Without this a slot that has just become free would sleep until its next poll.
      boss.notifyWorker(slot);
    }
  });
}
