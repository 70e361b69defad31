import { text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytea, waybill } from "./waybill.ts";

export const pgpKeys = waybill.table("pgp_keys", {
  id: uuid().primaryKey(),
  fingerprint: text().notNull().unique(),
  userId: text("user_id").notNull(),
  algorithm: text().notNull(),
  origin: text().notNull(),
  publicKey: text("public_key").notNull(),
  /** The private key, sealed with the master key; absent where only the public one is known. */
  sealedPrivateKey: bytea("sealed_private_key"),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
});
