import { sql } from "drizzle-orm";
import { index, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { runs } from "./runs.ts";
import { waybill } from "./waybill.ts";

/**
 * By which runs are found by a part of their name: one narrow row a run, written once, by a trigger. A name, in lower
 * case, is found by its pieces of one, two, three and six characters; the longer a piece, the fewer names it stands in.
 */
export const runNames = waybill.table(
  "run_names",
  {
    id: uuid()
      .primaryKey()
      .references(() => runs.id, { onDelete: "cascade" }),
    integrationId: uuid("integration_id").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    name: text().notNull(),
  },
  (table) => [
    // Pieces are entered some hundred kilobytes at a time: name by name costs three times as much, and more would be felt.
    index("run_names_pieces")
      .using("gin", sql`(waybill.name_pieces(${table.name}) collate "C")`)
      .with({ fastupdate: true, gin_pending_list_limit: 256 }),
  ],
);
