import { repeat } from "@waybill/db";
import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
import { finalRunStatuses } from "../run/status.ts";
import { advanceSetRun } from "./advance-set-run.ts";

/** Moves set runs on until it is stopped. */
export interface Advancing {
  /** Lets the move at hand come to its end. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Looks again and again for set runs that can be moved on: whoever was to do so may have died before. Several processes
 * may do so at once.
 */
export function startAdvancing(services: Services): Advancing {
  const stopping = new AbortController();
  const advancing = repeat(limits.setPollSeconds, stopping.signal, async () => {
    try {
      for (const id of await findMovable(services)) {
        if (stopping.signal.aborted) return;
        await advance(services, id);
      }
    } catch (error) {
      services.log.error({ err: error }, "Set runs could not be looked for; that is tried again.");
    }
  });
  return {
    stop() {
      stopping.abort();
      return advancing;
    },
  };
}

/** Moves on the set run whose step a run was, once that is over. */
export async function advanceAfter(services: Services, run: string): Promise<void> {
  const { rows } = await services.database.pool.query<{ id: string }>(
    "select set_run_id as id from waybill.set_run_steps where run_id = $1 and status = 'in_progress'",
    [run],
  );
  for (const { id } of rows) await advance(services, id);
}

/** One set run that cannot be moved on does not keep the others waiting. */
async function advance(services: Services, id: string): Promise<void> {
  try {
    await advanceSetRun(services, id);
  } catch (error) {
    services.log.error({ err: error, setRun: id }, "A set run could not be moved on; it is tried again.");
  }
}

async function findMovable({ database }: Services): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    `select g.id from waybill.set_runs g
     where g.status = 'in_progress' and (g.cancel_requested_by is not null or not exists (
       select from waybill.set_run_steps p join waybill.runs r on r.id = p.run_id
       where p.set_run_id = g.id and p.status = 'in_progress' and r.status <> all ($1)))
     order by g.created_at`,
    [finalRunStatuses],
  );
  return rows.map(({ id }) => id);
}
