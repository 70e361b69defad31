import type { PoolClient } from "pg";

/** What is counted of a purge. */
export type Purged =
  | "runs"
  | "setRuns"
  | "occurrences"
  | "deliveries"
  | "rejectedRecords"
  | "logLines"
  | "files"
  | "fileChunks"
  | "expiredCredentials"
  | "seenValues";

/** What one step took away; the last step of its kind found nothing more to take. */
export interface PurgeResult {
  last: boolean;
  removed: Partial<Record<Purged, number>>;
}

/** A small part of a purge, within the client's transaction. It is repeated until it says that it was the last. */
export type PurgeStep = (client: PoolClient) => Promise<PurgeResult>;

/** How much one step takes at most, so that its transaction is short. */
export interface PurgeBatch {
  runs: number;
  rows: number;
  /** Looked at. */
  files: number;
  /** Taken away, of 512 KiB each, of so many that are looked at. */
  chunks: number;
  chunksLookedAt: number;
}
