import { bigint, index, integer, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytea, waybill } from "./waybill.ts";

/** A file as it was sent; a row appears only when all of its chunks are there. */
export const storedFiles = waybill.table(
  "stored_files",
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    bytes: bigint({ mode: "number" }).notNull(),
    sha256: text().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    createdBy: text("created_by").notNull(),
  },
  (table) => [
    index("stored_files_oldest").on(table.createdAt, table.id),
    index("stored_files_same_bytes").on(table.sha256, table.createdAt, table.id),
  ],
);

export const storedFileChunks = waybill.table(
  "stored_file_chunks",
  {
    fileId: uuid("file_id").notNull(),
    index: integer().notNull(),
    data: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.fileId, table.index] })],
);
