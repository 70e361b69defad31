import { integer, jsonb, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { waybill } from "./waybill.ts";

export const integrations = waybill.table("integrations", {
  id: uuid().primaryKey(),
  key: text().notNull().unique(),
  name: text().notNull(),
  description: text().notNull(),
  direction: text().notNull(),
  currentVersion: integer("current_version").notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
  deletedAt: timestamp("deleted_at", { withTimezone: true }),
});

/** A version never changes once written; a run pins one. */
export const integrationVersions = waybill.table(
  "integration_versions",
  {
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id),
    version: integer().notNull(),
    definition: jsonb().notNull(),
    yaml: text().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    createdBy: text("created_by").notNull(),
  },
  (table) => [primaryKey({ columns: [table.integrationId, table.version] })],
);
