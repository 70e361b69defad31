import type { Context } from "../context.ts";
import type { Page } from "../page.ts";
import { type RunListRow, runListColumns, toRunListItem } from "../run/run-row.ts";
import type { RunListItem } from "../run/run-summary.ts";
import { isLost } from "./lost-worker.ts";
import type { ProcessRole } from "./role.ts";

/** A process that takes runs, and what it does. */
export interface Worker {
  id: string;
  host: string;
  pid: number;
  role: ProcessRole;
  version: string;
  /** ISO 8601 in UTC. */
  startedAt: string;
  beatSecondsAgo: number;
  /** It has not beaten for longer than its lease; others take its runs over. */
  lost: boolean;
  runs: WorkerRun[];
}

/** A run in the hands of a worker. */
export type WorkerRun = Pick<RunListItem, "id" | "name" | "integration" | "integrationName" | "phase" | "progress">;

/** All workers, the oldest first, each with its runs. */
export async function listWorkers(ctx: Context): Promise<Page<Worker>> {
  const { rows } = await ctx.database.pool.query<Omit<Worker, "runs" | "startedAt"> & { startedAt: Date }>(
    `select w.id, w.host, w.pid, w.role, w.version, w.started_at as "startedAt",
       greatest(0, extract(epoch from now() - w.beat_at))::float8 as "beatSecondsAgo", ${isLost("$1")} as lost
     from waybill.workers w order by w.started_at, w.id`,
    [ctx.workerTimes.leaseSeconds],
  );
  const held = await findHeldRuns(ctx);
  const items = rows.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    runs: held.filter((run) => run.held_by === row.id).map(toWorkerRun),
  }));
  return { items, next: null };
}

type HeldRunRow = RunListRow & { held_by: string };

async function findHeldRuns(ctx: Context): Promise<HeldRunRow[]> {
  const { rows } = await ctx.database.pool.query<HeldRunRow>(
    `select ${runListColumns}, r.held_by
     from waybill.runs r join waybill.integrations i on i.id = r.integration_id
     where r.held_by is not null and r.status = 'in_progress'
     order by r.started_at, r.id`,
  );
  return rows;
}

function toWorkerRun(row: RunListRow): WorkerRun {
  const { id, name, integration, integrationName, phase, progress } = toRunListItem(row);
  return { id, name, integration, integrationName, phase, progress };
}
