import type { NotificationEvent } from "@waybill/db/words";

/** An event that a rule is about, and that nobody has taken down yet. */
export interface FoundEvent {
  ruleId: string;
  ruleName: string;
  event: NotificationEvent;
  kind: "run" | "set_run" | "occurrence";
  /** The id of the run or set run; of an occurrence that of its schedule and its time, parted by `@`. */
  subject: string;
  /** How long a slow run took or has taken so far, and how long is usual. */
  seconds: number | null;
  usualSeconds: number | null;
}

/**
 * SQL for runs and set runs alike, as rules look at them. A run that a set started belongs to its set run, and a test run
 * concerns nobody. A run of resubmitted records is not `whole`: that some records are well says nothing of a file.
 */
export const subjects = `(
  select 'run' as kind, r.id, r.integration_id as of_id, r.status, r.created_at, r.started_at, r.finished_at,
    r.trigger <> 'resubmit' as whole
  from waybill.runs r where not r.test and r.trigger <> 'set'
  union all
  select 'set_run', g.id, g.set_id, g.status, g.created_at, g.created_at, g.finished_at, true from waybill.set_runs g)`;

/**
 * SQL for the newest runs and set runs that are of the same integration or set as `s`. Each kind is limited by itself, since
 * Postgres would else sort all that there ever were.
 */
export const newestAlike = (condition: string, most: number) => `(
  (select p.id, p.status, p.started_at, p.finished_at from waybill.runs p
   where p.integration_id = s.of_id and not p.test and p.trigger <> 'set' and ${condition}
   order by p.created_at desc, p.id desc limit ${most})
  union all
  (select p.id, p.status, p.created_at, p.finished_at from waybill.set_runs p
   where p.set_id = s.of_id and ${condition}
   order by p.created_at desc, p.id desc limit ${most}))`;

/** SQL for the statuses that say whether a run did what it was to do; that of one which somebody cancelled says nothing. */
export const tellingStatuses = "('completed', 'completed_with_errors', 'failed')";

/** SQL for whether a rule `n` is about a subject `s`. */
export const concernsSubject = `n.paused_at is null and (
  num_nonnulls(n.integration_id, n.set_id, n.schedule_id) = 0 or s.of_id in (n.integration_id, n.set_id)
  or exists (select from waybill.occurrences o where o.schedule_id = n.schedule_id and s.id in (o.run_id, o.set_run_id)))`;

/** SQL for whether an event of a subject is not taken down yet for a rule. */
export const isNew = (rule: string, event: string, subject: string) => `not exists (
  select from waybill.deliveries d where d.rule_id = ${rule} and d.event = ${event} and d.subject = ${subject})`;
