import type { ClientBase } from "pg";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Context } from "../context.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import { findRunId, getRunInput } from "./read-run.ts";

/** How grave a line of the log is. */
export const runLogLevels = ["info", "warning", "error"] as const;
export type RunLogLevel = (typeof runLogLevels)[number];

/** One dated line of a run's own log. `at` is ISO 8601 in UTC. */
export interface RunLogLine {
  id: number;
  at: string;
  level: RunLogLevel;
  event: string;
  message: string;
}

/** Adds a line to a run's log, within the caller's transaction where there is one. */
export async function writeRunLog(
  client: Pick<ClientBase, "query">,
  clock: Clock,
  runId: string,
  level: RunLogLevel,
  event: string,
  message: string,
): Promise<void> {
  await client.query("insert into waybill.run_log (run_id, at, level, event, message) values ($1, $2, $3, $4, $5)", [
    runId,
    clock.now(),
    level,
    event,
    message,
  ]);
}

/** A line that is to stand in a run's log. */
export type NewLogLine = Pick<RunLogLine, "level" | "event" | "message">;

/**
 * SQL that adds lines to the log of the runs of a relation, for a statement that writes those runs; the three parameters
 * from `first` on are `logLineValues`, and `at` is SQL for the time.
 */
export function addLogLines(relation: string, at: string, first: number): string {
  return `insert into waybill.run_log (run_id, at, level, event, message)
    select id, ${at}, level, event, message
    from ${relation} cross join unnest($${first}::text[], $${first + 1}::text[], $${first + 2}::text[])
      with ordinality as said (level, event, message, place) order by place`;
}

/** The parameters of `addLogLines`. */
export function logLineValues(lines: readonly NewLogLine[]): [string[], string[], string[]] {
  return [lines.map((line) => line.level), lines.map((line) => line.event), lines.map((line) => line.message)];
}

export const listRunLogInput = z.strictObject({ ...pageInput, ...getRunInput.shape });

/** A run's log, oldest line first. Throws `run_unknown`. */
export async function listRunLog(ctx: Context, input: z.output<typeof listRunLogInput>): Promise<Page<RunLogLine>> {
  const runId = await findRunId(ctx, input.run);
  const after = readCursor(input.cursor, z.tuple([z.number()]));
  const { rows } = await ctx.database.pool.query<Omit<RunLogLine, "at"> & { at: Date }>(
    `select id::float8 as id, at, level, event, message from waybill.run_log
     where run_id = $1 and id > $2 order by id limit $3`,
    [runId, after?.[0] ?? 0, input.limit + 1],
  );
  const lines = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  return toPage(lines, input.limit, (line) => [line.id]);
}
