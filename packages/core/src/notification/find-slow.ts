import type { PoolClient } from "pg";
import { limits } from "../limits.ts";
import { concernsSubject, type FoundEvent, isNew, subjects, tellingStatuses } from "./found-event.ts";

/**
 * Runs and set runs that go on, or went on until they ended since a moment, so many times longer than is usual: than the
 * median of those that completed last. How long a run waits on the queue does not count.
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
       select count(*) as runs, percentile_cont(0.5) within group (order by ${secondsOf("p")}) as seconds from (
         select p.started_at, p.finished_at from ${subjects} p
         where p.of_id = s.of_id and p.status = 'completed' and p.id <> s.id order by p.created_at desc, p.id desc
         limit ${limits.usualRunsMax}) p
     ) u
     where u.runs >= ${limits.usualRunsMin} and s.seconds > n.slow_times * u.seconds and ${isNew("'slow'", "s.id::text")}
     order by s.created_at, s.id limit $3`,
    [from, now, limits.eventsFoundMax],
  );
  return rows;
}

/** The seconds that a run has gone on, or went on; null where none has taken it from the queue. */
function secondsOf(run: string): string {
  return `extract(epoch from coalesce(${run}.finished_at, $2) - ${run}.started_at)::float8`;
}
