import { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { announceRunChange } from "../run/run-changes.ts";
import { findScheduleId, getSchedule, getScheduleInput } from "./read-schedules.ts";
import type { Schedule } from "./schedule.ts";

export const pauseScheduleInput = getScheduleInput.extend({
  note: z.string().trim().max(limits.scheduleNoteCharactersMax).default(""),
});

/** Keeps a schedule from starting anything; what it would have started is taken down. Throws `schedule_unknown` or `schedule_paused`. */
export async function pauseSchedule(ctx: Context, input: z.output<typeof pauseScheduleInput>): Promise<Schedule> {
  return await change(ctx, input.schedule, {
    sql: "paused_at = $2, paused_by = $3, pause_note = $4 where id = $1 and paused_at is null",
    values: [ctx.clock.now(), ctx.actor.id, input.note],
    refusal: "The schedule is paused already.",
  });
}

/** Lets a paused schedule start what is due from now on. Throws `schedule_unknown` or `schedule_paused`. */
export async function resumeSchedule(ctx: Context, input: z.output<typeof getScheduleInput>): Promise<Schedule> {
  return await change(ctx, input.schedule, {
    sql: "paused_at = null, paused_by = null, pause_note = null where id = $1 and paused_at is not null",
    values: [],
    refusal: "The schedule is not paused.",
  });
}

interface Change {
  sql: string;
  values: unknown[];
  refusal: string;
}

async function change(ctx: Context, schedule: string, { sql, values, refusal }: Change): Promise<Schedule> {
  const id = await findScheduleId(ctx, schedule);
  const { rowCount } = await ctx.database.pool.query(`update waybill.schedules set ${sql}`, [id, ...values]);
  if (rowCount === 0) throw new WaybillError("schedule_paused", refusal);
  await announceRunChange(ctx.database.pool, id);
  return await getSchedule(ctx, { schedule: id });
}

export const deleteScheduleInput = getScheduleInput;

/** Takes a schedule away, with what it has planned, what it knows of the past and the notification rules about it; its runs stay. Throws `schedule_unknown`. */
export async function deleteSchedule(
  ctx: Context,
  input: z.output<typeof deleteScheduleInput>,
): Promise<{ id: string; name: string }> {
  const { id, name } = await getSchedule(ctx, input);
  await ctx.database.pool.query("delete from waybill.schedules where id = $1", [id]);
  await announceRunChange(ctx.database.pool, id);
  return { id, name };
}
