import { findResumePlace, type ResumePlace } from "@waybill/core/set/resume-place";
import type { SetRunStep, SetRunSummary } from "../data/sets.ts";

/** Where a set run that stopped can go on. */
export interface ResumePlaces {
  /** At the step at which it stopped. */
  at: ResumePlace<SetRunStep>;
  /** After it, where that one failed, may be passed over and leaves something to do. */
  after: ResumePlace<SetRunStep> | null;
}

/** Where a set run can be resumed; null where it cannot: it goes on, has been resumed, or has nothing left to do. */
export function findResumePlaces(setRun: SetRunSummary): ResumePlaces | null {
  const at = findResumePlace(setRun, false);
  const after = findResumePlace(setRun, true);
  return at.ok ? { at: at.place, after: after.ok ? after.place : null } : null;
}
