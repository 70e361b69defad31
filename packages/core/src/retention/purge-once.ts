import { setTimeout as delay } from "node:timers/promises";
import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { purgeDeliveries } from "./purge-deliveries.ts";
import { purgeFiles } from "./purge-files.ts";
import { purgeLogs } from "./purge-logs.ts";
import { purgeOccurrences } from "./purge-occurrences.ts";
import { purgeRejected } from "./purge-rejected.ts";
import { purgeRuns } from "./purge-runs.ts";
import { purgeSetRuns } from "./purge-set-runs.ts";
import type { PurgeBatch, Purged, PurgeResult, PurgeStep } from "./purge-step.ts";
import { daysBefore, endsBeforeRun, type Retention } from "./retention.ts";
import { sweepChunks } from "./sweep-chunks.ts";
import { sweepCredentials } from "./sweep-credentials.ts";
import { sweepSeenValues } from "./sweep-seen-values.ts";

/** How a purge goes about it. */
export interface PurgeOptions {
  signal?: AbortSignal;
  batch?: PurgeBatch;
  /** Between two steps, so that whoever uses the database meanwhile does not notice. */
  pauseMilliseconds?: number;
}

const usualBatch: PurgeBatch = { runs: 200, rows: 2_000, files: 500, chunks: 32, chunksLookedAt: 1_000 };
const usualPauseMilliseconds = 50;

/**
 * Takes away what has been kept long enough, and what broken-off uploads, sessions and runs left behind. Gives how many
 * of each are gone. Of processes that purge together one goes on; the others stop at their next step.
 */
export async function purgeOnce(
  services: Services,
  keep: Retention,
  { signal, batch = usualBatch, pauseMilliseconds = usualPauseMilliseconds }: PurgeOptions = {},
): Promise<Partial<Record<Purged, number>>> {
  const total: Partial<Record<Purged, number>> = {};
  for (const step of stepsOf(services.clock.now(), keep, batch)) {
    let result: PurgeResult | null;
    do {
      if (signal?.aborted) return total;
      result = await inTurn(services, step);
      if (!result) return total;
      add(total, result.removed);
      if (!result.last) await delay(pauseMilliseconds, undefined, { signal }).catch(() => undefined);
    } while (!result.last);
  }
  return total;
}

function purgeAllRuns(endedBefore: Date, batch: PurgeBatch): PurgeStep[] {
  return [
    purgeDeliveries(endedBefore, batch),
    purgeOccurrences(endedBefore, batch),
    purgeSetRuns(endedBefore, batch),
    purgeRuns(endedBefore, batch),
  ];
}

/** A run's details before the run, the run before its files, and a file before its bytes. */
function stepsOf(now: Date, keep: Retention, batch: PurgeBatch): PurgeStep[] {
  const { runsDays, filesDays, rejectedDays, logsDays } = keep;
  return [
    ...(endsBeforeRun(rejectedDays, keep) ? [purgeRejected(now, rejectedDays, batch)] : []),
    ...(endsBeforeRun(logsDays, keep) ? [purgeLogs(now, logsDays, batch)] : []),
    ...(runsDays === null ? [] : purgeAllRuns(daysBefore(now, runsDays), batch)),
    ...(filesDays === null ? [] : [purgeFiles(daysBefore(now, filesDays), batch)]),
    sweepChunks(now, batch),
    sweepCredentials(now, batch),
    sweepSeenValues(batch),
  ];
}

const lockKey = 4_600_002;

/** The step's result; null while another process purges. */
async function inTurn(services: Services, step: PurgeStep): Promise<PurgeResult | null> {
  return await transaction(services.database, async (client) => ((await takeTurn(client)) ? await step(client) : null));
}

async function takeTurn(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_xact_lock($1) as taken", [lockKey]);
  return rows[0]?.taken ?? false;
}

function add(total: PurgeResult["removed"], removed: PurgeResult["removed"]): void {
  for (const [what, count] of Object.entries(removed) as [Purged, number][]) {
    if (count > 0) total[what] = (total[what] ?? 0) + count;
  }
}
