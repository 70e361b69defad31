import type { SetRunStatus } from "@waybill/db/words";
import { isFailure, type PlannedStep } from "./plan-next.ts";

/** A set run as far as it decides where it can be resumed. */
export interface StoppedSetRun<Step> {
  status: SetRunStatus;
  resumedBy: { name: string } | null;
  steps: readonly Step[];
}

/** A step of it. */
export interface StoppedStep extends PlannedStep {
  key: string;
}

/** Where a set that stopped goes on. */
export interface ResumePlace<Step> {
  /** The step that runs first, and all after it with it: they may build on what it gives. */
  first: Step;
  /** The failed step that is passed over. */
  passed: Step | null;
  /** Those after the first that were Completed, and run again. */
  repeated: Step[];
}

/** The place where a set run goes on, or why there is none. */
export type FoundPlace<Step> =
  | { ok: true; place: ResumePlace<Step> }
  | { ok: false; code: "set_run_not_final" | "set_resume_refused"; message: string };

/** Where a set run can be resumed: at the step that failed, or `after` it, at the next one that is not Completed. */
export function findResumePlace<Step extends StoppedStep>(
  { status, resumedBy, steps }: StoppedSetRun<Step>,
  after: boolean,
): FoundPlace<Step> {
  if (status === "in_progress") {
    const message = "The set run is not over yet. Wait for its end, or cancel it, then resume it.";
    return { ok: false, code: "set_run_not_final", message };
  }
  if (resumedBy) return refused(sayResumed(resumedBy.name));
  const stopped =
    steps.find((step) => step.abortOnFailure && isFailure(step.status)) ??
    steps.find((step) => isFailure(step.status)) ??
    steps.find(isLeft);
  if (!stopped) return refused("All its steps are Completed, so there is nothing to resume. Run the set again.");
  if (!after) return placeAt(steps, stopped, null);
  if (!isFailure(stopped.status)) {
    return refused("No step has failed that could be passed over. Resume the set run without that.");
  }
  const next = steps.slice(stopped.position).find((step) => step.status !== "completed");
  return next ? placeAt(steps, next, stopped) : refused(sayNothingAfter(stopped, steps.length));
}

/** The reason for which a set run is resumed once. */
export function sayResumed(by: string): string {
  return `The set run has been resumed already, by ${by}. Resume that one, where it has stopped too.`;
}

/** What resuming does to steps that were Completed, as a sentence. */
export function sayRepeated(steps: readonly StoppedStep[]): string {
  const names = steps.map(sayStep).join(", ");
  return steps.length === 1
    ? `Step ${names} was Completed and runs again.`
    : `Steps ${names} were Completed and run again.`;
}

function isLeft({ status }: StoppedStep): boolean {
  return status === "skipped" || status === "waiting";
}

function placeAt<Step extends StoppedStep>(steps: readonly Step[], first: Step, passed: Step | null): FoundPlace<Step> {
  const repeated = steps.slice(first.position).filter((step) => step.status === "completed");
  return { ok: true, place: { first, passed, repeated } };
}

function sayNothingAfter(failed: StoppedStep, count: number): string {
  const why =
    failed.position === count
      ? `Step ${sayStep(failed)} is the last one`
      : `Every step after step ${sayStep(failed)} is Completed`;
  return `${why}, so nothing is left to do after it. Resume the set at that step.`;
}

function sayStep({ position, key }: StoppedStep): string {
  return `${position} (${key})`;
}

function refused(message: string): { ok: false; code: "set_resume_refused"; message: string } {
  return { ok: false, code: "set_resume_refused", message };
}
