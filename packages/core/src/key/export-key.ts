import { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";

export const exportKeyInput = z.strictObject({ key: z.string().max(200).optional() });

/**
 * A public key as text, found by its id or fingerprint; without either, the oldest one that Waybill can open files with.
 * Throws `key_unknown`.
 */
export async function exportKey(
  ctx: Context,
  input: z.output<typeof exportKeyInput>,
): Promise<{ fingerprint: string; armored: string }> {
  const { rows } = await ctx.database.pool.query<{ fingerprint: string; armored: string }>(
    `select fingerprint, public_key as armored from waybill.pgp_keys
     where case when $1::text is null then sealed_private_key is not null
           else id::text = $1 or right(fingerprint, length($1)) = upper($1) and length($1) >= 16 end
     order by created_at, id limit 1`,
    [input.key ?? null],
  );
  if (rows[0]) return rows[0];
  const which = input.key === undefined ? "no key that can open files" : `no key ${JSON.stringify(input.key)}`;
  throw new WaybillError("key_unknown", `There is ${which}. List the keys to see which there are.`);
}
