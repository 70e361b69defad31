import { integer, text, timestamp } from "drizzle-orm/pg-core";
import { waybill } from "./waybill.ts";

/** The processes that take runs. `beatAt` is the database's own time, by which it is judged who is alive. */
export const workers = waybill.table("workers", {
  id: text().primaryKey(),
  host: text().notNull(),
  pid: integer().notNull(),
  role: text().notNull(),
  version: text().notNull(),
  startedAt: timestamp("started_at", { withTimezone: true }).notNull().defaultNow(),
  beatAt: timestamp("beat_at", { withTimezone: true }).notNull().defaultNow(),
});
