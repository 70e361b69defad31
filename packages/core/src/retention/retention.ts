/** For how many days each is kept, whole days from 1 up; null is for ever. Rejected records and logs end with their run. */
export interface Retention {
  /** Counted from the end of the run. */
  runsDays: number | null;
  /** Counted from when the file came; one that a run pins stays as long as the run. */
  filesDays: number | null;
  /** Counted from the end of the run. */
  rejectedDays: number | null;
  /** Counted from the end of the run. */
  logsDays: number | null;
}

/** The longest that anything may be told to be kept, other than for ever. */
export const keepDaysMax = 36_500;

const dayMilliseconds = 24 * 60 * 60 * 1_000;

/** What ended before this moment has been kept for so many days. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayMilliseconds);
}

/** Whether details are purged while their run is kept. */
export function endsBeforeRun(days: number | null, { runsDays }: Retention): days is number {
  return days !== null && (runsDays === null || days < runsDays);
}

/** So many days, in words. */
export function daysText(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}
