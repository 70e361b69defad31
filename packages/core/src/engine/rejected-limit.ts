import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { holdsToTheEnd } from "./holds-to-the-end.ts";
import type { BatchResult } from "./record-batch.ts";
import type { RunTask } from "./run-task.ts";

/** Counts what a run rejects against the most that its definition allows, as a number and as a share. */
export class RejectedLimit {
  readonly #run: RunTask;
  readonly #rejectedMax: number;
  #read: number;
  #rejected: number;

  /** Throws `too_many_rejected` when an attempt before this one met the limit and could not say so. */
  constructor(run: RunTask) {
    this.#run = run;
    this.#rejectedMax = Math.min(run.definition.onError.stopAfterRejected, limits.rejectedMax);
    this.#read = run.recordsDone;
    this.#rejected = run.rejectedDone;
    this.#check();
  }

  /** How many more rejected records are kept whole: up to the limit, and the one that breaks it. */
  get room(): number {
    return this.#rejectedMax + 1 - this.#rejected;
  }

  /** Throws `too_many_rejected`. */
  count(batch: BatchResult): void {
    this.#read += batch.read;
    this.#rejected += batch.rejected.length;
    this.#check();
  }

  /** Says that no record will come any more. Throws `too_many_rejected`. */
  finish(): void {
    this.#checkShare();
  }

  /** What a resubmission rejects was rejected before, so it says nothing of the file. */
  #check(): void {
    if (this.#run.resubmission) return;
    const [rejected, rejectedMax] = [this.#rejected, this.#rejectedMax];
    if (rejected > rejectedMax) {
      const shown = rejected === rejectedMax + 1 ? "" : ` The first ${rejectedMax + 1} of them are kept with the run.`;
      throw this.#tooMany(`allows ${rejectedMax}.${shown}`, "stopAfterRejected");
    }
    if (this.#read >= limits.percentJudgedAfterRecords) this.#checkShare();
  }

  #checkShare(): void {
    const percentMax = this.#run.definition.onError.stopAfterRejectedPercent;
    if (this.#run.resubmission || percentMax === undefined || this.#rejected * 100 <= this.#read * percentMax) return;
    throw this.#tooMany(`allows ${percentMax} % of the ${this.#read} read so far.`, "stopAfterRejectedPercent");
  }

  #tooMany(allowed: string, rule: string): WaybillError {
    const kept = holdsToTheEnd(this.#run)
      ? "Nothing of this run was kept in the destination."
      : "What was accepted before stays in the destination.";
    const rejected = this.#rejected === 1 ? "1 record was rejected" : `${this.#rejected} records were rejected`;
    const message = `Stopped: ${rejected}, and the definition ${allowed} ${kept} Correct the file, or raise onError.${rule}.`;
    return new WaybillError("too_many_rejected", message, { rejected: this.#rejected, rejectedMax: this.#rejectedMax });
  }
}
