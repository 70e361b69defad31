import { nameOfActor } from "../access/sign-in.ts";

/** By whom and why a schedule is kept from starting anything. */
export interface Pause {
  /** ISO 8601 in UTC. */
  at: string;
  by: string;
  note: string;
}

/** Whether and why a schedule `s` is paused, to be read by `toPause`. */
export const pauseColumns = `s.paused_at as "pausedAt", s.paused_by as "pausedBy", s.pause_note as "pauseNote"`;

export interface PauseRow {
  pausedAt: Date | null;
  pausedBy: string | null;
  pauseNote: string | null;
}

/** Null where it is not paused. */
export function toPause({ pausedAt, pausedBy, pauseNote }: PauseRow): Pause | null {
  return pausedAt && { at: pausedAt.toISOString(), by: nameOfActor(pausedBy ?? ""), note: pauseNote ?? "" };
}
