import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { holdsToTheEnd } from "./holds-to-the-end.ts";
import type { BatchResult } from "./record-batch.ts";
import type { RunTask } from "./run-task.ts";

/** Counts what a run rejects against the most that its definition allows. */
export class RejectedLimit {
  readonly #run: RunTask;
  readonly #rejectedMax: number;
  #rejected: number;

  /** Throws `too_many_rejected` when an attempt before this one met the limit and could not say so. */
  constructor(run: RunTask) {
    this.#run = run;
    this.#rejectedMax = Math.min(run.definition.onError.stopAfterRejected, limits.rejectedMax);
    this.#rejected = run.rejectedDone;
    this.#check();
  }

  /** How many more rejected records are kept whole: up to the limit, and the one that breaks it. */
  get room(): number {
    return this.#rejectedMax + 1 - this.#rejected;
  }

  /** Throws `too_many_rejected`. */
  count(batch: BatchResult): void {
    this.#rejected += batch.rejected.length;
    this.#check();
  }

  #check(): void {
    const [rejected, rejectedMax] = [this.#rejected, this.#rejectedMax];
    if (rejected <= rejectedMax) return;
    const shown = rejected === rejectedMax + 1 ? "" : ` The first ${rejectedMax + 1} of them are kept with the run.`;
    const kept = holdsToTheEnd(this.#run)
      ? "Nothing of this run was kept in the destination."
      : "What was accepted before stays in the destination.";
    const message = `Stopped: ${rejected} records were rejected, and the definition allows ${rejectedMax}.${shown} ${kept} Correct the file, or raise onError.stopAfterRejected.`;
    throw new WaybillError("too_many_rejected", message, { rejected, rejectedMax });
  }
}
