import type { PoolClient } from "pg";
import { isoTimestamp } from "../iso-timestamp.ts";
import { limits } from "../limits.ts";
import { type FoundEvent, isNew } from "./found-event.ts";

/**
 * SQL for whether an occurrence did not start and nobody wanted it so. What a schedule does on purpose, to skip what
 * overlaps or somebody wants left out, or to rest while it is paused, is none of it.
 */
export const isUnwelcome = (o: string) => `(${o}.state = 'failed'
  or (${o}.state = 'not_started' and ${o}.note ->> 'code' not in ('overlap', 'schedule_paused', 'skipped')))`;

/**
 * Occurrences that did not start within the minutes of a rule after their time: those that could not, those that were
 * missed, those that started later, and those that nobody has come to yet. The jitter of a schedule is part of their time.
 */
export async function findNotStarted(client: PoolClient, from: Date, now: Date): Promise<FoundEvent[]> {
  const { rows } = await client.query<FoundEvent>(
    `with late as (
       select n.id as rule_id, n.name as rule_name, ${subjectOf("o.schedule_id", "o.at")} as subject, o.at
       from waybill.occurrences o join waybill.schedules s on s.id = o.schedule_id
       join waybill.notification_rules n on ${concernsSchedule} and n.since <= o.handled_at
       where o.handled_at >= $1 and ${isLate("o")} and not exists (
         select from waybill.occurrences l where l.schedule_id = o.schedule_id and l.at > o.at and ${isLate("l")}
           and l.handled_at between o.handled_at - ${together} and o.handled_at + ${together})
       union
       select n.id, n.name, ${subjectOf("o.schedule_id", "o.at")}, o.at
       from waybill.occurrences o join waybill.schedules s on s.id = o.schedule_id
       join waybill.notification_rules n on ${concernsSchedule} and n.since <= ${startsBy("o.at")}
       where o.state = 'waiting' and s.paused_at is null and ${startsBy("o.at")} <= $2
       union
       select n.id, n.name, ${subjectOf("s.id", "s.next_at")}, s.next_at
       from waybill.schedules s
       join waybill.notification_rules n on ${concernsSchedule} and n.since <= s.due_at + ${minutesOfRule}
       where s.due_at <= $2 and s.paused_at is null and s.due_at + ${minutesOfRule} <= $2
     )
     select n.rule_id as "ruleId", n.rule_name as "ruleName", 'not_started' as event, 'occurrence' as kind, n.subject,
       null as seconds, null as "usualSeconds"
     from late n where ${isNew("n.rule_id", "'not_started'", "n.subject")}
     order by n.at, n.subject limit $3`,
    [from, now, limits.eventsFoundMax],
  );
  return rows;
}

const concernsSchedule = `n.paused_at is null and 'not_started' = any(n.events) and (
  num_nonnulls(n.integration_id, n.set_id, n.schedule_id) = 0
  or n.schedule_id = s.id or n.integration_id = s.integration_id or n.set_id = s.set_id)`;

const minutesOfRule = "n.not_started_minutes * interval '1 minute'";

const startsBy = (at: string) => `${at} + s.jitter_seconds * interval '1 second' + ${minutesOfRule}`;

const isLate = (o: string) =>
  `(${isUnwelcome(o)} or (${o}.state = 'started' and ${o}.handled_at > ${startsBy(`${o}.at`)}))`;

/** Of occurrences that a worker came to together, as after a weekend, the last one speaks for all. */
const together = "interval '10 seconds'";

function subjectOf(schedule: string, at: string): string {
  return `${schedule} || '@' || ${isoTimestamp(at)}`;
}
