/** How long a delivery waits after each try that failed: nearly a day in all. */
const waitSeconds = [5, 30, 120, 600, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600];

/** How far the wait may be off either way, so that what failed together does not come back together. */
const jitterShare = 0.2;

/** In how many milliseconds a delivery is tried again after so many tries; null where it is given up. */
export function retryAfterMilliseconds(tries: number): number | null {
  const seconds = waitSeconds[tries - 1];
  if (seconds === undefined) return null;
  return Math.round(seconds * 1_000 * (1 + jitterShare * (2 * Math.random() - 1)));
}
