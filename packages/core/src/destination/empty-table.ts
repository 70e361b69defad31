import { DatabaseError, type PoolClient } from "pg";
import { quoteTable, unusable } from "./column.ts";
import type { PreparedTable } from "./prepare-table.ts";

const foreignKeyViolation = "23503";

/** Takes every record out of a table. Throws `destination_unusable` when another table refers to one of them. */
export async function emptyTable(client: PoolClient, table: PreparedTable): Promise<void> {
  try {
    await client.query(`delete from ${quoteTable(table)}`);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== foreignKeyViolation) throw error;
    throw unusable(
      table,
      `another table refers to its records, so they cannot be replaced (${error.message}). Use upsert.`,
    );
  }
}
