import { limits } from "../limits.ts";

/** How far the wait may be off either way, so that runs that failed together do not come back together. */
const jitterShare = 0.25;

/** How many seconds a run waits after so many faults in a row: 1, 2, 4 and so on to 30, a quarter more or less. */
export function backOffSeconds(faults: number): number {
  const jitter = 1 + jitterShare * (2 * Math.random() - 1);
  return Math.round(nominalSeconds(faults) * jitter * 10) / 10;
}

/** About how many seconds a run has waited between so many tries. */
export function waitedSeconds(tries: number): number {
  return Array.from({ length: tries - 1 }, (_, index) => nominalSeconds(index + 1)).reduce((sum, one) => sum + one, 0);
}

function nominalSeconds(faults: number): number {
  return Math.min(limits.backOffSecondsMax, 2 ** (faults - 1));
}
