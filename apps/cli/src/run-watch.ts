import type { RunSummary } from "@waybill/core/run/run-summary";
import { lostMillisecondsMax, serverLost } from "./server-lost.ts";
import type { Session } from "./session.ts";

/** What a watch tells: each change of the run, or why there will be no more. */
export interface RunListener {
  onSummary(summary: RunSummary): void;
  onFailure(error: unknown): void;
}

const lookMilliseconds = 1_000;

/** Tells each change of a run, and connects again when the server goes away for a while. Gives what stops it. */
export function watchRun(session: Session, runId: string, { onSummary, onFailure }: RunListener): () => void {
  let lostAt: number | null = null;
  let open = true;
  const lose = () => {
    lostAt ??= performance.now();
  };
  const subscribe = () =>
    session.api.runs.watch.subscribe(
      { run: runId },
      {
        onData: onSummary,
        onConnectionStateChange({ state }) {
          if (state === "connecting") lose();
          else lostAt = null;
        },
        onError(error) {
          if (error.data) return onFailure(error);
          open = false;
          lose();
        },
        onComplete() {
          open = false;
          lose();
        },
      },
    );
  let subscription = subscribe();
  // The stream's own wait before it connects again does not keep Node alive; this clock does.
  const clock = setInterval(() => {
    if (lostAt === null) return;
    if (performance.now() - lostAt > lostMillisecondsMax) return onFailure(runLost(runId));
    if (open) return;
    open = true;
    subscription = subscribe();
  }, lookMilliseconds);
  return () => {
    clearInterval(clock);
    subscription.unsubscribe();
  };
}

function runLost(runId: string): Error {
  const goesOn = `The run goes on once it is back. Watch it: npx waybill runs watch ${runId}`;
  return serverLost(goesOn, { run: runId });
}
