import type { FileSignature } from "../file/judge-signature.ts";
import type { RunPhase, RunStatus, RunTrigger } from "./status.ts";

/** How many records went where. `read = accepted + skipped + rejected`; `accepted = inserted + updated + unchanged`. */
export interface RunCounts {
  read: number;
  accepted: number;
  inserted: number;
  updated: number;
  unchanged: number;
  skipped: number;
  rejected: number;
}

/** A phase that the run has been in. Times are ISO 8601 in UTC; the current phase has no end. */
export interface RunPhaseTime {
  phase: RunPhase;
  startedAt: string;
  finishedAt: string | null;
}

/** A file that a run pins: its source file, or an attachment under its key. */
export interface RunFile {
  role: "source" | "attachment";
  key: string | null;
  id: string;
  name: string;
  bytes: number;
  sha256: string;
  /** The layers found on opening, outermost first, such as `["pgp", "zip", "csv"]`; empty until opened. */
  layers: string[];
  signedBy: FileSignature | null;
}

/** How many records have an issue of this code in this field; `field` is null for the record as a whole. */
export interface RunIssueCount {
  code: string;
  field: string | null;
  count: number;
}

/** Something a person should know about a run, with a stable code. */
export interface RunNote {
  code: string;
  message: string;
}

/** A run named beside another one. */
export interface RunLink {
  id: string;
  name: string;
  status: RunStatus;
}

/** The step of a set run that a run was made for, by its key. */
export interface RunOfSet {
  id: string;
  name: string;
  step: string;
}

/** The schedule that started a run or a set run, and the time that was meant, as ISO 8601 in UTC. */
export interface RunOfSchedule {
  id: string;
  name: string;
  at: string;
}

/** A run that was made from another one. */
export interface MadeRun extends RunLink {
  trigger: RunTrigger;
  /** How many rejected records of the other run it has resolved; null where it was not made of those. */
  resolved: number | null;
}

/** One row of the list of runs. */
export interface RunListItem {
  id: string;
  name: string;
  status: RunStatus;
  phase: RunPhase | null;
  test: boolean;
  integration: string;
  integrationName: string;
  version: number;
  trigger: RunTrigger;
  /** The name of who started it, as people read it. */
  startedBy: string;
  counts: RunCounts;
  /**
   * Whether the accepted records are in the destination: those of a test run are not, nor are those of a run that keeps
   * all or nothing, or replaces, and has not come to its end.
   */
  kept: boolean;
  /** Percentage of the source that has been loaded, 0 to 100; null when not known. */
  progress: number | null;
  failure: RunNote | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

/** Everything a person asks of a run: the Run Summary. */
export interface RunSummary extends RunListItem {
  /** Why it waits, where no worker holds it and it is not over; null where there is nothing to say. */
  waiting: RunNote | null;
  /** Values as resolved when the run started; a secret is shown as `********`. */
  parameters: Record<string, unknown>;
  files: RunFile[];
  issues: RunIssueCount[];
  phases: RunPhaseTime[];
  warnings: RunNote[];
  notes: RunNote[];
  recordsPerSecond: number | null;
  /** When its rejected records were purged; null while they are kept, and where there were none. */
  rejectedPurgedAt: string | null;
  setRun: RunOfSet | null;
  /** Null where no schedule started it, and once that schedule has been deleted. */
  schedule: RunOfSchedule | null;
  fromRun: RunLink | null;
  madeRuns: MadeRun[];
  /** Whether it may be repeated: its integration is there, lets runs be repeated, and it is no resubmission. */
  rerunAllowed: boolean;
}
