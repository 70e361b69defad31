import type { RunNote } from "../run/run-summary.ts";
import type { SettledRecords } from "./settling.ts";

/** What is counted of a run so far. */
export interface CountedRun {
  read: number;
  accepted: number;
  updated: number;
  rejected: number;
  notes: RunNote[];
  /** Which records of a resubmission have their state already. */
  settled?: SettledRecords | undefined;
}

/** The columns of a run that make a `CountedRun`. */
export const countedColumns = `read_count::float8 as read, rejected_count::float8 as rejected, notes, updated_count::float8 as updated,
  (inserted_count + updated_count + unchanged_count)::float8 as accepted`;
