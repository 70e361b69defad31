import type { PoolClient } from "pg";
import { limits } from "../limits.ts";
import { isUnwelcome } from "./find-not-started.ts";
import { type FoundEvent, isNew, newestAlike, subjects, tellingStatuses } from "./found-event.ts";

/** Runs and set runs that ended since a moment as rules want to know: failed, with errors, or well again after that. */
export async function findEnded(client: PoolClient, from: Date): Promise<FoundEvent[]> {
  const { rows } = await client.query<FoundEvent>(
    `with ended as (
       select s.*, lag(s.status) over (partition by s.of_id, s.whole order by s.finished_at, s.id) as before from ${subjects} s
       where s.finished_at >= $1 and s.status in ${tellingStatuses}
     ), told as (
       select s.*, n.id as rule_id, n.name as rule_name
       from (
         select s.*, case s.status when 'completed' then 'recovered' else s.status end as event from ended s
         where s.status <> 'completed' or (s.whole and coalesce(s.before, ${endedBefore}) in ${badStatuses})) s
       join waybill.notification_rules n on n.schedule_id is null and ${concernsOf}
       union all
       select s.*, n.id, n.name
       from (select s.*, case s.status when 'completed' then 'recovered' else s.status end as event from ended s) s
       join waybill.occurrences c on s.id in (c.run_id, c.set_run_id)
       join waybill.notification_rules n on n.schedule_id = c.schedule_id and ${concernsEvent}
       where s.status <> 'completed' or ${occurredBefore} in ${badStatuses}
     )
     select n.rule_id as "ruleId", n.rule_name as "ruleName", n.event, n.kind, n.id::text as subject,
       null as seconds, null as "usualSeconds"
     from told n where ${isNew("n.rule_id", "n.event", "n.id::text")}
     order by n.finished_at, n.id limit $2`,
    [from, limits.eventsFoundMax],
  );
  return rows;
}

const badStatuses = "('failed', 'completed_with_errors')";

const concernsEvent = "n.paused_at is null and s.event = any(n.events) and n.since <= s.finished_at";

const concernsOf = `${concernsEvent}
  and (num_nonnulls(n.integration_id, n.set_id) = 0 or s.of_id in (n.integration_id, n.set_id))`;

/**
 * How the run that ended last before `s` ended. It is sought among those that were made last before that end, by the index
 * of when runs were made, since one more index would slow down every run.
 */
const endedBefore = `(
  select b.status from ${newestAlike("p.created_at <= s.finished_at and p.trigger <> 'resubmit'", limits.runsBeforeMax)} b
  where b.status in ${tellingStatuses} and (b.finished_at, b.id) < (s.finished_at, s.id)
  order by b.finished_at desc, b.id desc limit 1)`;

/** What came of the occurrence of its schedule before an occurrence `c`. */
const occurredBefore = `(
  select case o.state when 'started' then coalesce(r.status, g.status) else 'failed' end
  from waybill.occurrences o
  left join waybill.runs r on r.id = o.run_id left join waybill.set_runs g on g.id = o.set_run_id
  where o.schedule_id = c.schedule_id and o.at < c.at
    and (${isUnwelcome("o")} or coalesce(r.status, g.status) in ${tellingStatuses})
  order by o.at desc limit 1)`;
