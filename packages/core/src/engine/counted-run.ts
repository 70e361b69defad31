import type { RunNote } from "../run/run-summary.ts";

/** What is counted of a run so far. */
export interface CountedRun {
  read: number;
  accepted: number;
  rejected: number;
  notes: RunNote[];
}

/** The columns of a run that make a `CountedRun`. */
export const countedColumns = `read_count::float8 as read, rejected_count::float8 as rejected, notes,
  (inserted_count + updated_count + unchanged_count)::float8 as accepted`;
