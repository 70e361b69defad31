import type { PoolClient } from "pg";
import { finalRunStatuses } from "../run/status.ts";

/** What is purged of a run that is kept longer, by the column that tells when. */
type PurgedColumn = "log_purged_at" | "rejected_purged_at";

/**
 * The ids of so many runs that ended before a time, locked, the oldest first; where a column is given, of those that still
 * have what it speaks of. One from which another goes on now stays, since its records are being sent again.
 */
export async function findEnded(
  client: PoolClient,
  before: Date,
  runsMax: number,
  column: PurgedColumn | null = null,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from waybill.runs r
     where finished_at < $1 and finished_at is not null and status = any($2) ${column ? `and ${column} is null` : ""}
       and ${isLeft}
     order by finished_at limit $3 for update skip locked`,
    [before, finalRunStatuses, runsMax],
  );
  // Whoever began to send records again while this waited is only seen now.
  const { rows: free } = await client.query<{ id: string }>(
    `select id from waybill.runs r where id = any($1) and ${isLeft}`,
    [rows.map((run) => run.id)],
  );
  return free.map((run) => run.id);
}

/** SQL for whether no run goes on that sends records of a run `r` again. */
const isLeft = "not exists (select from waybill.runs o where o.from_run_id = r.id and o.status = 'in_progress')";
