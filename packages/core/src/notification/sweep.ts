import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
import { describeSubject } from "./describe-subject.ts";
import { findEnded } from "./find-ended.ts";
import { findNotStarted } from "./find-not-started.ts";
import { findSlow } from "./find-slow.ts";
import type { FoundEvent } from "./found-event.ts";
import type { NotificationMessage } from "./message.ts";
import { writeMessage } from "./write-message.ts";

const lockKey = 4_600_004;

/**
 * Takes down what rules want to know and nobody has taken down yet, each event once for each rule, and gives how many there
 * were. Runs end without a thought of it, so that small ones are not held up: what ended since the last sweep is looked
 * for here, and a sweep that breaks off is made again. Of processes that sweep together one does, the others do nothing.
 */
export async function sweep(services: Services): Promise<number> {
  return await transaction(services.database, async (client) => {
    if (!(await takeTurn(client))) return 0;
    const now = services.clock.now();
    const bounds = await readBounds(client, now);
    if (!bounds) return 0;
    const found = [
      await findEnded(client, bounds.from),
      await findSlow(client, bounds.from, now),
      await findNotStarted(client, bounds.from, now),
    ];
    for (const event of found.flat()) await takeDown(services, client, event);
    // Where there are more of a kind they are still to be found by the next sweep.
    if (found.every((events) => events.length < limits.eventsFoundMax)) await keepUntil(client, bounds.until);
    return found.flat().length;
  });
}

async function takeTurn(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_xact_lock($1) as taken", [lockKey]);
  return rows[0]?.taken ?? false;
}

/** What happened from a moment on is looked at, and until when everything is known. */
interface SweepBounds {
  from: Date;
  until: Date;
}

/**
 * A run may end in a transaction that commits later than others which ended after it. So a sweep vouches for nothing that
 * happened since the oldest open transaction began, but for one that somebody leaves open for an hour. Null without rules.
 */
async function readBounds(client: PoolClient, now: Date): Promise<SweepBounds | null> {
  const { rows } = await client.query<SweepBounds & { from: Date | null }>(
    `select greatest(
         (select swept_until - ${limits.sweepOverlapSeconds} * interval '1 second' from waybill.notification_sweeps),
         (select min(since) from waybill.notification_rules where paused_at is null)) as from,
       greatest(least($1, (select min(xact_start) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid())),
         $1::timestamptz - ${limits.sweepHeldBackSecondsMax} * interval '1 second') as until
     where exists (select from waybill.notification_rules where paused_at is null)`,
    [now],
  );
  return rows[0]?.from ? rows[0] : null;
}

async function keepUntil(client: PoolClient, until: Date): Promise<void> {
  await client.query(
    `insert into waybill.notification_sweeps as s (id, swept_until) values (1, $1)
     on conflict (id) do update set swept_until = greatest(s.swept_until, excluded.swept_until)`,
    [until],
  );
}

async function takeDown({ clock, consoleAddress }: Services, client: PoolClient, found: FoundEvent): Promise<void> {
  const subject = await describeSubject(client, found);
  if (!subject) return;
  const now = clock.now();
  const message: NotificationMessage = writeMessage(found, subject, { consoleUrl: consoleAddress.url, now });
  await client.query(
    `insert into waybill.deliveries (id, rule_id, event, subject, message, state, next_try_at, created_at)
     select $1, $2, $3, $4, $5, 'pending', $6, $6 from waybill.notification_rules where id = $2
     on conflict (rule_id, event, subject) do nothing`,
    [uuidv7(), found.ruleId, found.event, found.subject, JSON.stringify(message), now],
  );
}
