import type { RunTrigger, SetRunStatus, StepStatus } from "@waybill/db/words";
import type { RunLink, RunNote, RunOfSchedule } from "../run/run-summary.ts";
import type { SetRunLink } from "./set.ts";

export { type SetRunStatus, type StepStatus, setRunStatuses, stepStatuses } from "@waybill/db/words";

/** The wording of each status of a step on screen; those of a set run are among them. */
export const stepStatusLabels: Record<StepStatus, string> = {
  waiting: "Waiting",
  in_progress: "In-Progress",
  completed: "Completed",
  completed_with_errors: "Completed with Errors",
  failed: "Failed",
  cancelled: "Cancelled",
  skipped: "Skipped",
};

/** One row of the list of set runs. Times are ISO 8601 in UTC. */
export interface SetRunListItem {
  id: string;
  name: string;
  status: SetRunStatus;
  set: string;
  setName: string;
  version: number;
  trigger: RunTrigger;
  /** The name of who started it, as people read it. */
  startedBy: string;
  createdAt: string;
  finishedAt: string | null;
}

/** A step of a set run. */
export interface SetRunStep {
  /** From 1. */
  position: number;
  key: string;
  /** The step's name, or its integration's key where it has none. */
  name: string;
  integration: string;
  abortOnFailure: boolean;
  status: StepStatus;
  /** Null until it is started, and where it never is. */
  run: RunLink | null;
  /** How many records its run read and turned away. */
  counts: { read: number; rejected: number } | null;
  /** Why it was skipped, could not start, or did not have to. */
  note: RunNote | null;
  startedAt: string | null;
  finishedAt: string | null;
}

/** Everything a person asks of a set run. */
export interface SetRunSummary extends SetRunListItem {
  steps: SetRunStep[];
  /** Values as resolved when it was started; a secret is shown as `********`. */
  parameters: Record<string, unknown>;
  /** Whether somebody has asked it to stop. */
  cancelling: boolean;
  /** The set run that this one resumes, and the one that resumes this one. */
  fromSetRun: SetRunLink | null;
  resumedBy: SetRunLink | null;
  /** Null where no schedule started it, and once that schedule has been deleted. */
  schedule: RunOfSchedule | null;
}
