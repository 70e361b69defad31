import { setTimeout as sleep } from "node:timers/promises";

/**
 * Does `work` again and again, with so many seconds before each time, until `signal` aborts; then it lets the work at hand
 * come to its end. `work` does not throw.
 */
export async function repeat(seconds: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (await passed(seconds, signal)) await work();
}

async function passed(seconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(seconds * 1_000, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
