import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { planAfter } from "./plan-after.ts";
import { findScheduleId, getSchedule, getScheduleInput, scheduleUnknown } from "./read-schedules.ts";
import type { Recurrence } from "./recurrence/recurrence.ts";
import type { Schedule } from "./schedule.ts";

export const skipOccurrenceInput = getScheduleInput.extend({
  /** When what is left out is planned for, so that nobody leaves out another one than they saw. */
  at: z.iso.datetime(),
});

/**
 * Leaves out what a schedule has planned next, also while it is paused, and plans the one after; without one the schedule
 * is over. Throws `schedule_unknown`, or `schedule_changed` where it plans another time, or none.
 */
export async function skipOccurrence(ctx: Context, input: z.output<typeof skipOccurrenceInput>): Promise<Schedule> {
  const id = await findScheduleId(ctx, input.schedule);
  const at = new Date(input.at);
  await transaction(ctx.database, async (client) => {
    const planned = await holdPlan(client, id, input.schedule);
    if (planned.nextAt?.getTime() !== at.getTime()) throw planChanged(planned, at);
    await leaveOut(ctx, client, id, at);
    await planAfter(client, { ...planned, id }, at);
  });
  return await getSchedule(ctx, { schedule: id });
}

interface HeldPlan {
  name: string;
  recurrence: Recurrence;
  jitterSeconds: number;
  nextAt: Date | null;
}

/** What a schedule has planned; it is held until the transaction ends. */
async function holdPlan(client: PoolClient, id: string, schedule: string): Promise<HeldPlan> {
  const { rows } = await client.query<HeldPlan>(
    `select name, recurrence, jitter_seconds as "jitterSeconds", next_at as "nextAt" from waybill.schedules
     where id = $1 for update`,
    [id],
  );
  if (!rows[0]) throw scheduleUnknown(schedule);
  return rows[0];
}

async function leaveOut({ clock, actor }: Context, client: PoolClient, id: string, at: Date): Promise<void> {
  const note = { code: "skipped", message: `${actor.name} skipped it.` };
  await client.query(
    `insert into waybill.occurrences (schedule_id, at, state, note, handled_at) values ($1, $2, 'not_started', $3, $4)
     on conflict do nothing`,
    [id, at, JSON.stringify(note), clock.now()],
  );
}

function planChanged({ name, nextAt }: HeldPlan, at: Date): WaybillError {
  const next = nextAt?.toISOString() ?? null;
  const plans = next === null ? "has nothing planned any more" : `has ${next} planned next`;
  const message = `The schedule ${JSON.stringify(name)} ${plans}, not ${at.toISOString()}, so nothing was skipped. Read it again, and skip what it has planned now.`;
  return new WaybillError("schedule_changed", message, { nextAt: next });
}
