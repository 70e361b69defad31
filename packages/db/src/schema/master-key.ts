import { integer } from "drizzle-orm/pg-core";
import { bytea, waybill } from "./waybill.ts";

/** One row: a text that is known, sealed with the master key that this database was first used with. */
export const masterKeySeal = waybill.table("master_key_seal", {
  id: integer().primaryKey(),
  sealed: bytea().notNull(),
});
