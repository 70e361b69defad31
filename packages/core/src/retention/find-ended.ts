import type { PoolClient } from "pg";
import { finalRunStatuses } from "../run/status.ts";

/** What is purged of a run that is kept longer, by the column that tells when. */
type PurgedColumn = "log_purged_at" | "rejected_purged_at";

/** The ids of so many runs that ended before a time and still have what the column speaks of, locked, the oldest first. */
export async function findEnded(
  client: PoolClient,
  column: PurgedColumn,
  before: Date,
  runsMax: number,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from waybill.runs
     where finished_at < $1 and finished_at is not null and ${column} is null and status = any($2)
     order by finished_at limit $3 for update skip locked`,
    [before, finalRunStatuses, runsMax],
  );
  return rows.map((run) => run.id);
}
