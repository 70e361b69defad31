import { z } from "zod";
import type { Context } from "../context.ts";
import { integrationUnknown } from "./read-integration.ts";

export const restoreIntegrationInput = z.strictObject({ key: z.string().max(100) });

/**
 * Puts an integration that was deleted back into use, at the newest version that it has; one that is in use stays as it is.
 * Throws `integration_unknown`.
 */
export async function restoreIntegration(
  ctx: Context,
  { key }: z.output<typeof restoreIntegrationInput>,
): Promise<{ key: string; version: number }> {
  const { rows } = await ctx.database.pool.query<{ version: number }>(
    `update waybill.integrations set deleted_at = null,
       updated_at = case when deleted_at is null then updated_at else $2 end
     where key = $1 returning current_version as version`,
    [key, ctx.clock.now()],
  );
  if (!rows[0]) throw integrationUnknown(key);
  return { key, version: rows[0].version };
}
