import type { BulkEditKind, BulkEditStatus } from "@waybill/db/words";
import { nameOfActor } from "../access/sign-in.ts";
import type { RecordFilter } from "../rejected/record-filter.ts";
import type { RunNote } from "../run/run-summary.ts";
import type { BulkChange } from "./bulk-change.ts";

/** A change to all open records of a filter, or the way back from one. Times are ISO 8601 in UTC. */
export interface BulkEdit {
  id: string;
  kind: BulkEditKind;
  status: BulkEditStatus;
  by: string;
  createdAt: string;
  finishedAt: string | null;
  filter: RecordFilter;
  change: BulkChange;
  /** The bulk edit that this one takes back. */
  undoOf: string | null;
  /** Whether another one has taken it back, or is about to. */
  undone: boolean;
  counts: {
    /** How many records there were to look at when it was started. */
    matched: number;
    lookedAt: number;
    changed: number;
    /** Those that have no issue left, and had one. */
    healed: number;
  };
  failure: RunNote | null;
}

/** The columns that make a `BulkEdit`. */
export const bulkEditColumns = `id, kind, status, by, created_at as "createdAt", finished_at as "finishedAt", filter, change,
  undo_of_id as "undoOf", undone, failure, json_build_object('matched', matched_count, 'lookedAt', looked_at_count,
    'changed', changed_count, 'healed', healed_count) as counts`;

/** A bulk edit as the database gives it. */
export type BulkEditRow = Omit<BulkEdit, "createdAt" | "finishedAt"> & { createdAt: Date; finishedAt: Date | null };

/** A bulk edit as people see it. */
export function toBulkEdit(row: BulkEditRow): BulkEdit {
  return {
    ...row,
    by: nameOfActor(row.by),
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
