import { setTimeout as delay } from "node:timers/promises";
import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
import { fireSchedule } from "./fire-schedule.ts";

/** Fires schedules until it is stopped. */
export interface Firing {
  /** Lets what it is at come to its end. May be called twice. */
  stop(): Promise<void>;
}

/** Fires each schedule at its time. Several processes may do so at once. */
export function startFiring(services: Services): Firing {
  const stopping = new AbortController();
  const { signal } = stopping;
  const firing = (async () => {
    while (!signal.aborted) {
      const wait = await fireDue(services, signal).catch((error: unknown) => {
        services.log.error({ err: error }, "Schedules could not be looked for; that is tried again.");
        return limits.schedulePollMilliseconds;
      });
      await delay(wait, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    stop() {
      stopping.abort();
      return firing;
    },
  };
}

/**
 * Fires all that is due, and gives in how many milliseconds to look again. Each process goes through it in an order of its
 * own, so that they seldom prepare the same occurrence.
 */
async function fireDue(services: Services, signal: AbortSignal): Promise<number> {
  const { rows } = await services.database.pool.query<{ id: string }>(
    `select id from (
       select id from waybill.schedules where due_at <= $1
       union
       select s.id from waybill.schedules s join waybill.occurrences o on o.schedule_id = s.id and o.state = 'waiting'
       where s.paused_at is null
       limit $2
     ) as due order by random()`,
    [services.clock.now(), limits.schedulesFiredMax],
  );
  const left = rows.map(({ id }) => id);
  let faults = 0;
  const fireNext = async () => {
    for (let id = left.shift(); id !== undefined && !signal.aborted; id = left.shift()) {
      await fireSchedule(services, id).catch((error: unknown) => {
        faults++;
        services.log.error({ err: error, schedule: id }, "A schedule could not be fired; it is tried again.");
      });
    }
  };
  await Promise.all(Array.from({ length: limits.schedulesFiredAtOnce }, fireNext));
  // What could not be fired is due still, and would be tried again at once.
  if (faults > 0) return limits.schedulePollMilliseconds;
  if (rows.length === limits.schedulesFiredMax) return 0;
  return await untilNext(services);
}

async function untilNext({ database, clock }: Services): Promise<number> {
  const { rows } = await database.pool.query<{ next: Date | null }>(
    "select min(due_at) as next from waybill.schedules",
  );
  const next = rows[0]?.next?.getTime() ?? Number.POSITIVE_INFINITY;
  return Math.max(1, Math.min(limits.schedulePollMilliseconds, next - clock.now().getTime()));
}
