import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
import { checkAttempt } from "./fence.ts";
import { AttemptLost, RunCancelled, type RunTask } from "./run-task.ts";

/** Looks after a run whose worker is busy elsewhere. */
export interface AttemptWatch {
  /** Aborts with `RunCancelled` or `AttemptLost` as soon as that is so. */
  signal: AbortSignal;
  stop(): void;
}

/** Asks again and again whether the run may go on, so that neither a long opening nor a slow batch holds up its end. */
export function watchAttempt(services: Services, run: Pick<RunTask, "id" | "attempt">): AttemptWatch {
  const aborting = new AbortController();
  let stopped = false;
  const look = async () => {
    try {
      await checkAttempt(services.database.pool, run);
    } catch (error) {
      if (error instanceof RunCancelled || error instanceof AttemptLost) return aborting.abort(error);
      // A database that cannot be asked is noticed by whoever needs it for more than this.
    }
    if (!stopped) timer = setTimeout(look, limits.attemptWatchMilliseconds);
  };
  let timer = setTimeout(look, limits.attemptWatchMilliseconds);
  return {
    signal: aborting.signal,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
