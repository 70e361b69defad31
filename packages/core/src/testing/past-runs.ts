import { v7 as uuidv7 } from "uuid";
import type { Context } from "../context.ts";
import { isFinal, type RunStatus } from "../run/status.ts";

/** A run that nobody executed, as a test wants it in the history. `at` is when it was made and, if it is over, ended. */
export interface PastRun {
  name: string;
  integration: string;
  at: Date;
  status?: RunStatus;
  sourceFile?: string;
}

/** Puts runs into the history, and gives their ids. */
export async function addPastRuns(ctx: Context, runs: PastRun[]): Promise<string[]> {
  const ids = runs.map(() => uuidv7());
  const statuses = runs.map((run) => run.status ?? "completed");
  await ctx.database.pool.query(
    `insert into waybill.runs
       (id, integration_id, version, name, status, test, trigger, started_by, parameters, source_file_id, created_at, finished_at)
     select given.id, i.id, 1, given.name, given.status, false, 'manual', $1, '{}', given.file_id, given.at,
       case when given.over then given.at end
     from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::boolean[], $8::uuid[])
       as given (id, key, name, status, at, over, file_id)
     join waybill.integrations i on i.key = given.key`,
    [
      ctx.actor.id,
      ids,
      runs.map((run) => run.integration),
      runs.map((run) => run.name),
      statuses,
      runs.map((run) => run.at),
      statuses.map(isFinal),
      runs.map((run) => run.sourceFile ?? null),
    ],
  );
  return ids;
}
