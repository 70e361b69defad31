import type { PoolClient } from "pg";
import { limits } from "../limits.ts";
import { concernsSubject, type FoundEvent, isNew, newestAlike, subjects, tellingStatuses } from "./found-event.ts";

/**
 * Runs and set runs that go on, or went on until they ended since a moment, so many times longer than is usual: than the
 * median of those that were Completed last. How long a run waits on the queue does not count.
 */
export async function findSlow(client: PoolClient, from: Date, now: Date): Promise<FoundEvent[]> {
  const { rows } = await client.query<FoundEvent>(
    `with long as (
       select s.*, ${secondsOf("s")} as seconds from ${subjects} s
       where (s.status = 'in_progress' or (s.finished_at >= $1 and s.status in ${tellingStatuses}))
         and ${secondsOf("s")} >= ${limits.slowSecondsMin}
     )
     select n.id as "ruleId", n.name as "ruleName", 'slow' as event, s.kind, s.id::text as subject,
       s.seconds::float8, u.seconds::float8 as "usualSeconds"
     from long s
     join waybill.notification_rules n
       on 'slow' = any(n.events) and n.since <= coalesce(s.finished_at, $2) and ${concernsSubject}
     cross join lateral (
       select count(*) as runs, percentile_cont(0.5) within group (order by ${secondsOf("p")}) as seconds
       from ${newestAlike(isUsual, limits.usualRunsMax)} p
     ) u
     where u.runs >= ${limits.usualRunsMin} and s.seconds > n.slow_times * u.seconds and ${isNew("n.id", "'slow'", "s.id::text")}
     order by s.created_at, s.id limit $3`,
    [from, now, limits.eventsFoundMax],
  );
  return rows;
}

/** A resubmission sends a few records again, and says nothing of a whole file. */
const isUsual = "p.status = 'completed' and p.trigger <> 'resubmit' and p.id <> s.id";

/** The seconds that a run has gone on, or went on; null where none has taken it from the queue. */
function secondsOf(run: string): string {
  return `extract(epoch from coalesce(${run}.finished_at, $2) - ${run}.started_at)::float8`;
}
