import { setTimeout as delay } from "node:timers/promises";

/** Calls that go on, one after the other, while something else happens. */
export interface Probe {
  /** Ends the calls and gives how long each took, in milliseconds. Throws what a call threw. */
  stop(): Promise<number[]>;
}

/** Calls again and again, with a pause of so many milliseconds after each answer. */
export function startProbe(pauseMilliseconds: number, call: () => Promise<unknown>): Probe {
  const milliseconds: number[] = [];
  const stopping = new AbortController();
  const probing = (async () => {
    do {
      milliseconds.push(await millisecondsOf(call));
      await delay(pauseMilliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);
    } while (!stopping.signal.aborted);
  })();
  // Whoever stops the probe hears of its fault; until then it is nobody's.
  probing.catch(() => undefined);
  return {
    async stop() {
      stopping.abort();
      await probing;
      return milliseconds;
    },
  };
}

/** Calls up to `count` times, and stops early once `secondsMax` have passed; gives how long each took in milliseconds. */
export async function repeat(count: number, secondsMax: number, call: () => Promise<unknown>): Promise<number[]> {
  const deadline = performance.now() + secondsMax * 1_000;
  const milliseconds: number[] = [];
  while (milliseconds.length < count && (milliseconds.length === 0 || performance.now() < deadline)) {
    milliseconds.push(await millisecondsOf(call));
  }
  return milliseconds;
}

async function millisecondsOf(call: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await call();
  return performance.now() - startedAt;
}
