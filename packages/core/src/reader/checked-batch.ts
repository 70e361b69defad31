import type { RecordIssue } from "../record/issue-code.ts";

/** A record that was turned away, with its values in the order of the source's columns. */
export interface Rejection {
  recordNumber: number;
  line: number;
  values: string[];
  issues: RecordIssue[];
}

/** Where an accepted record stood in the source, and what it was there. */
export type SourceRecord = Omit<Rejection, "issues">;

/**
 * Accepted records, typed and encoded, in their order. The nth of them has the ordinal n, counted from 0 within its
 * batch.
 */
export interface EncodedRecords {
  count: number;
  /** A line of `COPY` for each record, in UTF-8, its columns in the order of the definition's fields. */
  text: Uint8Array<ArrayBuffer>;
  recordNumbers: Float64Array<ArrayBuffer>;
  /** The values of those fields that only the database can check, by the position of the field. */
  values: ReadonlyMap<number, (string | null)[]>;
}

/** Records that are written together. Its `number` counts the batches of one reading from 0. */
export interface CheckedBatch {
  number: number;
  read: number;
  /** The numbers of the records that were passed over. */
  skipped: number[];
  accepted: EncodedRecords;
  rejected: Rejection[];
  /** Bytes of CSV read when the batch was full. */
  bytes: number;
  /** Whether it is known that no other comes after it. */
  last: boolean;
}
