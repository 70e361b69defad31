import type { PoolClient } from "pg";
import type { BulkEdit } from "./bulk-edit.ts";

/** A bulk edit in the hands of one worker, which holds its row until the part at hand is kept. */
export interface HeldBulkEdit extends Pick<BulkEdit, "id" | "kind" | "by" | "filter" | "change" | "undoOf"> {
  position: unknown;
}

/** Holds the oldest bulk edit that no other worker is at; undefined where there is none. */
export async function holdOldest(client: PoolClient): Promise<HeldBulkEdit | undefined> {
  const { rows } = await client.query<HeldBulkEdit>(
    `select id, kind, by, filter, change, undo_of_id as "undoOf", position from waybill.bulk_edits
     where status = 'in_progress' order by created_at, id limit 1 for update skip locked`,
  );
  return rows[0];
}
