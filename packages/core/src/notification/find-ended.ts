import type { PoolClient } from "pg";
import { limits } from "../limits.ts";
import { isUnwelcome } from "./find-not-started.ts";
import { concernsSubject, type FoundEvent, isNew, subjects, tellingStatuses } from "./found-event.ts";

/** Runs and set runs that ended since a moment as rules want to know: failed, with errors, or well again after that. */
export async function findEnded(client: PoolClient, from: Date): Promise<FoundEvent[]> {
  const { rows } = await client.query<FoundEvent>(
    `with ended as (
       select s.*, lag(s.status) over (partition by s.of_id order by s.finished_at, s.id) as before from ${subjects} s
       where s.finished_at >= $1 and s.status in ${tellingStatuses}
     )
     select n.id as "ruleId", n.name as "ruleName", e.event, s.kind, s.id::text as subject,
       null as seconds, null as "usualSeconds"
     from ended s
     cross join lateral (select case s.status when 'completed' then 'recovered' else s.status end as event) e
     join waybill.notification_rules n on e.event = any(n.events) and n.since <= s.finished_at and ${concernsSubject}
     where ${isNew("e.event", "s.id::text")} and (e.event <> 'recovered' or (
       case when n.schedule_id is null then coalesce(s.before, ${endedBefore}) else ${occurredBefore} end)
         in ('failed', 'completed_with_errors'))
     order by s.finished_at, s.id limit $2`,
    [from, limits.eventsFoundMax],
  );
  return rows;
}

/**
 * How the run that ended last before `s` ended. It is sought among those that were made last before that end, by the index
 * of when runs were made, since one more index would slow down every run.
 */
const endedBefore = `(
  select b.status from (
    select p.id, p.status, p.finished_at from ${subjects} p
    where p.of_id = s.of_id and p.created_at <= s.finished_at order by p.created_at desc, p.id desc
    limit ${limits.runsBeforeMax}) b
  where b.status in ${tellingStatuses} and (b.finished_at, b.id) < (s.finished_at, s.id)
  order by b.finished_at desc, b.id desc limit 1)`;

/** What came of the occurrence before that of `s`, among the occurrences of the rule's schedule. */
const occurredBefore = `(
  select case o.state when 'started' then coalesce(r.status, g.status) else 'failed' end
  from waybill.occurrences c join waybill.occurrences o on o.schedule_id = c.schedule_id and o.at < c.at
  left join waybill.runs r on r.id = o.run_id left join waybill.set_runs g on g.id = o.set_run_id
  where c.schedule_id = n.schedule_id and s.id in (c.run_id, c.set_run_id)
    and (${isUnwelcome} or coalesce(r.status, g.status) in ${tellingStatuses})
  order by o.at desc limit 1)`;
