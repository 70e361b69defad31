import type { Violation } from "./violation.ts";

/** A violation, with the step after which it was seen and the time, ISO 8601 in UTC. */
export interface DatedViolation extends Violation {
  step: number;
  at: string;
}

/** Keeps what did not hold, each thing once, and says it as it happens. */
export class Complaints {
  /** The step that is under way. */
  step = 0;
  readonly #kept = new Map<string, DatedViolation>();
  readonly #say: (line: string) => void;
  readonly #now: () => Date;

  constructor(say: (line: string) => void, now: () => Date) {
    this.#say = say;
    this.#now = now;
  }

  get all(): DatedViolation[] {
    return [...this.#kept.values()];
  }

  add({ rule, detail }: Violation): void {
    const key = `${rule} ${detail}`;
    if (this.#kept.has(key)) return;
    this.#kept.set(key, { step: this.step, at: this.#now().toISOString(), rule, detail });
    this.#say(`VIOLATION of "${rule}": ${detail}`);
  }
}
