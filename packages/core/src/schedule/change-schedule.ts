import { z } from "zod";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
import { type Pausable, pauseOne, resumeOne } from "../pausing.ts";
import { announceRunChange } from "../run/run-changes.ts";
import { findScheduleId, getSchedule, getScheduleInput } from "./read-schedules.ts";
import type { Schedule } from "./schedule.ts";

export const pauseScheduleInput = getScheduleInput.extend({
  note: z.string().trim().max(limits.scheduleNoteCharactersMax).default(""),
});

/**
 * Keeps a schedule from starting anything; what it would have started is taken down. Throws `schedule_unknown` or
 * `schedule_paused`.
 */
export async function pauseSchedule(ctx: Context, input: z.output<typeof pauseScheduleInput>): Promise<Schedule> {
  const id = await findScheduleId(ctx, input.schedule);
  await pauseOne(ctx, pausable, id, { pause_note: input.note });
  return await announced(ctx, id);
}

/** Lets a paused schedule start what is due from now on; what failed before counts no more. Throws `schedule_unknown` or `schedule_paused`. */
export async function resumeSchedule(ctx: Context, input: z.output<typeof getScheduleInput>): Promise<Schedule> {
  const id = await findScheduleId(ctx, input.schedule);
  await resumeOne(ctx, pausable, id, { pause_note: null, failures_since: ctx.clock.now() });
  return await announced(ctx, id);
}

const pausable: Pausable = { table: "schedules", what: "schedule", code: "schedule_paused" };

async function announced(ctx: Context, id: string): Promise<Schedule> {
  await announceRunChange(ctx.database.pool, id);
  return await getSchedule(ctx, { schedule: id });
}

export const deleteScheduleInput = getScheduleInput;

/**
 * Takes a schedule away, with what it has planned, what it knows of the past and the notification rules about it; its runs
 * stay. Throws `schedule_unknown`.
 */
export async function deleteSchedule(
  ctx: Context,
  input: z.output<typeof deleteScheduleInput>,
): Promise<{ id: string; name: string }> {
  const { id, name } = await getSchedule(ctx, input);
  await ctx.database.pool.query("delete from waybill.schedules where id = $1", [id]);
  await announceRunChange(ctx.database.pool, id);
  return { id, name };
}
