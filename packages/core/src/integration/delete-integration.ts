import { z } from "zod";
import type { Context } from "../context.ts";
import { integrationUnknown } from "./read-integration.ts";

export const deleteIntegrationInput = z.strictObject({ key: z.string().max(100) });

/** Takes an integration out of use; its runs and versions stay, and restoring it undoes that. Throws `integration_unknown`. */
export async function deleteIntegration(
  ctx: Context,
  input: z.output<typeof deleteIntegrationInput>,
): Promise<{ key: string }> {
  const { rowCount } = await ctx.database.pool.query(
    "update waybill.integrations set deleted_at = $2 where key = $1 and deleted_at is null",
    [input.key, ctx.clock.now()],
  );
  if (rowCount === 0) throw integrationUnknown(input.key);
  return { key: input.key };
}
