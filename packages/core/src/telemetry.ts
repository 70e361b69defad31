import { EventEmitter } from "node:events";
import type { RunPhase, RunStatus } from "./run/status.ts";

/** What records are counted by; read is the sum of the others. */
export const recordCounts = ["read", "accepted", "skipped", "rejected"] as const;
export type RecordCount = (typeof recordCounts)[number];

/**
 * What this process does, each event once, told when it is kept in the database; the phase that begins with the commit of
 * a whole load is told just before. Times are in seconds.
 */
export interface TelemetryEvents {
  /** An attempt at a run begins a phase; `opening` is the first. */
  phaseBegun: [{ run: string; attempt: number; integration: string; phase: RunPhase; worker: string }];
  /** Records were read and written, or turned away; a test or a load that keeps nothing tells of them, too. */
  batchWritten: [{ integration: string; seconds: number } & Record<RecordCount, number>];
  /** A run is over. `phases` are all that it was in, one more than once where it was tried again. */
  runEnded: [
    {
      run: string;
      attempt: number;
      integration: string;
      status: RunStatus;
      seconds: number;
      records: number;
      phases: { phase: RunPhase; seconds: number }[];
    },
  ];
}

/** Tells of events to whoever listens. A listener neither throws nor waits. */
export type Telemetry = EventEmitter<TelemetryEvents>;

/** A telemetry that nobody listens to yet. */
export function openTelemetry(): Telemetry {
  return new EventEmitter<TelemetryEvents>();
}
