import type { Context } from "./context.ts";
import { type ErrorCode, WaybillError } from "./errors.ts";

/** A kind of thing that people pause and resume, and the error of one that stands so already. */
export interface Pausable {
  table: "schedules" | "notification_rules";
  what: string;
  code: ErrorCode;
}

/** Pauses one of them, with other columns. Throws the error of its kind where it is paused. */
export async function pauseOne(
  ctx: Context,
  of: Pausable,
  id: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  const columns = { paused_at: ctx.clock.now(), paused_by: ctx.actor.id, ...more };
  if (await write(ctx, of, id, columns, "paused_at is null")) return;
  throw new WaybillError(of.code, `The ${of.what} is paused already.`);
}

/** Resumes one of them, with other columns. Throws the error of its kind where it is not paused. */
export async function resumeOne(ctx: Context, of: Pausable, id: string, more: Record<string, unknown>): Promise<void> {
  const columns = { paused_at: null, paused_by: null, ...more };
  if (await write(ctx, of, id, columns, "paused_at is not null")) return;
  throw new WaybillError(of.code, `The ${of.what} is not paused.`);
}

async function write(
  { database }: Context,
  { table }: Pausable,
  id: string,
  columns: Record<string, unknown>,
  condition: string,
): Promise<boolean> {
  const written = Object.keys(columns).map((column, index) => `${column} = $${index + 2}`);
  const sql = `update waybill.${table} set ${written.join(", ")} where id = $1 and ${condition}`;
  const { rowCount } = await database.pool.query(sql, [id, ...Object.values(columns)]);
  return rowCount === 1;
}
