import type { Services } from "../context.ts";
import { finalRunStatuses, type RunStatus, runStatuses } from "./status.ts";

/** Counts the runs of the whole database for one process, however often it is asked. */
export interface RunCounter {
  byStatus(): Promise<Record<RunStatus, number>>;
  waiting(): Promise<WaitingRuns>;
}

/** The runs that wait for a worker. */
export interface WaitingRuns {
  queued: number;
  /** How long the oldest has waited; 0 when none waits. */
  oldestQueuedSeconds: number;
}

const freshMilliseconds = 5_000;
const recountMilliseconds = 5 * 60_000;

/**
 * A counter that asks the database at most every five seconds. Those that are over it counts every five minutes, and in
 * between only those that have ended since; purged ones leave the count as late as that.
 */
export function openRunCounter(services: Services): RunCounter {
  const over = remember(services, recountMilliseconds, () => countOver(services));
  const notOver = remember(services, freshMilliseconds, () => countNotOver(services));
  return {
    byStatus: remember(services, freshMilliseconds, async () => {
      const { at, counts } = await over();
      const byStatus = Object.fromEntries(runStatuses.map((status) => [status, 0])) as Record<RunStatus, number>;
      const all = [...counts, ...(await countEndedSince(services, at)), ...(await notOver()).counts];
      for (const { status, count } of all) byStatus[status] += count;
      return byStatus;
    }),
    waiting: notOver,
  };
}

/** What `read` gave, for so long; a read that fails is not remembered. */
function remember<Value>({ clock }: Services, milliseconds: number, read: () => Promise<Value>): () => Promise<Value> {
  let last: { at: number; value: Promise<Value> } | undefined;
  return () => {
    const now = clock.now().getTime();
    if (last && now - last.at < milliseconds) return last.value;
    const fresh = { at: now, value: read() };
    fresh.value.catch(() => {
      if (last === fresh) last = undefined;
    });
    last = fresh;
    return fresh.value;
  };
}

interface StatusCount {
  status: RunStatus;
  count: number;
}

/** Leaves those out that `countEndedSince` will find, since some end while this counts. */
async function countOver(services: Services): Promise<{ at: Date; counts: StatusCount[] }> {
  const at = services.clock.now();
  const { rows } = await services.database.pool.query<StatusCount>(
    `select r.status, (count(*) - (
         select count(*) from waybill.runs late
         where late.status = r.status and late.finished_at >= $2 and late.finished_at is not null
       ))::float8 as count
     from waybill.runs r where r.status = any($1) group by r.status`,
    [finalRunStatuses, at],
  );
  return { at, counts: rows };
}

async function countEndedSince(services: Services, at: Date): Promise<StatusCount[]> {
  const { rows } = await services.database.pool.query<StatusCount>(
    `select status, count(*)::float8 as count from waybill.runs
     where finished_at >= $1 and finished_at is not null group by status`,
    [at],
  );
  return rows;
}

async function countNotOver(services: Services): Promise<WaitingRuns & { counts: StatusCount[] }> {
  const { rows } = await services.database.pool.query<StatusCount & { queued: number; oldest: Date | null }>(
    `select status, count(*)::float8 as count, count(*) filter (where phase = 'queued')::float8 as queued,
       min(created_at) filter (where phase = 'queued') as oldest
     from waybill.runs where status = any($1) group by status`,
    [runStatuses.filter((status) => !(finalRunStatuses as readonly RunStatus[]).includes(status))],
  );
  const atWork = rows.find((row) => row.status === "in_progress");
  const now = services.clock.now().getTime();
  const oldestQueuedSeconds = atWork?.oldest ? Math.max(0, now - atWork.oldest.getTime()) / 1_000 : 0;
  return { counts: rows, queued: atWork?.queued ?? 0, oldestQueuedSeconds };
}
