import { z } from "zod";
import type { Context } from "../context.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import { type PauseRow, pauseColumns, toPause } from "./pause.ts";
import { targetColumn } from "./read-schedules.ts";
import { type PlannedRun, plannedStates, type ScheduleTarget } from "./schedule.ts";

export const listPlannedInput = z.strictObject({
  ...pageInput,
  /** Only those that will run, or only those that will fail since what they run has been deleted. */
  state: z.enum(plannedStates).optional(),
  /** Looked for in their names. */
  search: z.string().max(200).optional(),
});

/** The next run of each schedule, the soonest first; that of a paused one says so. */
export async function listPlanned(ctx: Context, input: z.output<typeof listPlannedInput>): Promise<Page<PlannedRun>> {
  const after = readCursor(input.cursor, z.tuple([z.iso.datetime(), z.uuid()]));
  const deleted = input.state === undefined ? null : input.state === "scheduled_but_deleted";
  const { rows } = await ctx.database.pool.query<PlannedRow>(
    `select s.id, s.name, s.next_at as "nextAt", ${targetColumn} as target, ${pauseColumns}
     from waybill.schedules s left join waybill.integrations i on i.id = s.integration_id
     left join waybill.sets t on t.id = s.set_id
     where s.next_at is not null
       and ($1::boolean is null or (coalesce(i.deleted_at, t.deleted_at) is not null) = $1)
       and ($2::timestamptz is null or (s.next_at, s.id) > ($2, $3::uuid))
       and ($4::text is null or strpos(lower(s.name), lower($4)) > 0)
     order by s.next_at, s.id limit $5`,
    [deleted, after?.[0] ?? null, after?.[1] ?? null, input.search ?? null, input.limit + 1],
  );
  return toPage(rows.map(toPlanned), input.limit, ({ at, schedule }) => [at, schedule.id]);
}

interface PlannedRow extends PauseRow {
  id: string;
  name: string;
  nextAt: Date;
  target: ScheduleTarget;
}

function toPlanned({ id, name, nextAt, target, ...pause }: PlannedRow): PlannedRun {
  const state = target.deleted ? "scheduled_but_deleted" : "scheduled";
  return { schedule: { id, name }, target, at: nextAt.toISOString(), state, paused: toPause(pause) };
}
