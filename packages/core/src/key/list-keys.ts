import type { Services } from "../context.ts";
import type { Page } from "../page.ts";
import { type PgpKey, type PgpKeyRow, pgpKeyColumns, toPgpKey } from "./pgp-key.ts";

/** All keys, oldest first. */
export async function listKeys(ctx: Services): Promise<Page<PgpKey>> {
  const { rows } = await ctx.database.pool.query<PgpKeyRow>(
    `select ${pgpKeyColumns} from waybill.pgp_keys order by created_at, id`,
  );
  return { items: rows.map(toPgpKey), next: null };
}
