import { text, timestamp } from "drizzle-orm/pg-core";
import { waybill } from "./waybill.ts";

/** What opens Waybill: the token of a person or service, a browser's session, a one-time link. Only hashes are kept. */
export const credentials = waybill.table("credentials", {
  sha256: text().primaryKey(),
  kind: text().notNull(),
  actorId: text("actor_id").notNull(),
  /** The home that a token is kept in; empty for all else. */
  home: text(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
  expiresAt: timestamp("expires_at", { withTimezone: true }),
});
