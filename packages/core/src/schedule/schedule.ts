import type { MissedPolicy, OccurrenceState, OverlapPolicy } from "@waybill/db/words";
import type { RunNote } from "../run/run-summary.ts";
import type { RunStatus } from "../run/status.ts";
import type { Pause } from "./pause.ts";
import type { Recurrence } from "./recurrence/recurrence.ts";

/** What a schedule runs: an integration or a set, by its key. */
export interface ScheduleTarget {
  kind: "integration" | "set";
  key: string;
  name: string;
  /** Whether it has been deleted, so that what is planned will fail. */
  deleted: boolean;
}

/** Files of a step of a set, or of an integration, whose step is empty; the one without a key is its source file. */
export interface ScheduleFile {
  step: string;
  key: string;
  id: string;
  name: string;
}

/** A schedule as it stands now. Times are ISO 8601 in UTC. */
export interface Schedule {
  id: string;
  name: string;
  target: ScheduleTarget;
  recurrence: Recurrence;
  /** The recurrence as a sentence. */
  sentence: string;
  /** As they were given; a secret is shown as `********`. */
  parameters: Record<string, unknown>;
  files: ScheduleFile[];
  overlap: OverlapPolicy;
  missed: MissedPolicy;
  /** How old a missed occurrence may be that is still run. */
  missedWindowMinutes: number;
  jitterSeconds: number;
  pauseAfterFailures: number | null;
  paused: Pause | null;
  /** Null once there is none. */
  nextAt: string | null;
  createdBy: string;
  /** When somebody last saved it; what it does by itself does not count. */
  updatedAt: string;
}

/** How an occurrence stands that is still to come. */
export const plannedStates = ["scheduled", "scheduled_but_deleted"] as const satisfies readonly RunStatus[];
export type PlannedState = (typeof plannedStates)[number];

/** The next run of a schedule. */
export interface PlannedRun extends Pick<Occurrence, "schedule" | "target" | "at" | "paused"> {
  state: PlannedState;
}

/** What became of an occurrence, or that it is still to come. */
export interface Occurrence {
  schedule: { id: string; name: string };
  target: ScheduleTarget;
  at: string;
  state: OccurrenceState | PlannedState;
  run: { kind: "run" | "set_run"; id: string; name: string; status: RunStatus } | null;
  /** How long after its time it was started, in milliseconds; null where it was not. */
  lateMilliseconds: number | null;
  /** Why it did not start. */
  note: RunNote | null;
  /** Why one that is still to come will not start, unless its schedule is resumed before; null of any other. */
  paused: Pause | null;
}
