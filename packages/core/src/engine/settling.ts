import type { Services } from "../context.ts";
import { settleResubmitted } from "../rejected/settle-resubmitted.ts";
import type { RunTask } from "./run-task.ts";

/** Records of a resubmission by their numbers: those after `from`, up to `upTo`. */
export interface SettledRecords {
  from: number;
  upTo: number;
}

/**
 * Gives the records of a resubmission their state while others of it are still being loaded. What it writes follows from
 * batches that are committed, so it may be late, or be done by the end of the run instead.
 */
export class Settling {
  readonly #services: Services;
  readonly #task: RunTask;
  readonly #from: number;
  #asked: number;
  #settled: number;
  #current: Promise<void> | null = null;

  constructor(services: Services, task: RunTask) {
    this.#services = services;
    this.#task = task;
    this.#from = task.recordsDone;
    this.#asked = task.recordsDone;
    this.#settled = task.recordsDone;
  }

  /** Settles the records up to this number, unless it is at others; then a later call takes them along. */
  settle(upTo: number): void {
    if (this.#current) return;
    const from = this.#asked;
    this.#asked = upTo;
    this.#current = this.#write(from, upTo).finally(() => {
      this.#current = null;
    });
  }

  /** Waits for what it is at. Gives which records have their state for certain, which the end of the run need not look at. */
  async idle(): Promise<SettledRecords> {
    await this.#current;
    return { from: this.#from, upTo: this.#settled };
  }

  /** Whatever fails here is left to the end of the run. */
  async #write(from: number, upTo: number): Promise<void> {
    const known = "b.id = $1 and s.record_number > $2 and s.record_number <= $3 and s.record_number <= b.read_count";
    const sql = `with ${settleResubmitted("waybill.runs", known)} select from settled limit 0`;
    const written = await this.#services.database.pool.query(sql, [this.#task.id, from, upTo]).then(
      () => true,
      () => false,
    );
    if (written && this.#settled === from) this.#settled = upTo;
  }
}
