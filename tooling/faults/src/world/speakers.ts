/** Who spoke of a run last, and when, on the clock of `performance.now()`. */
export interface Spoken {
  speaker: string;
  atMilliseconds: number;
}

/**
 * Tells which process has a run in hand, by listening: every statement that a worker makes for a run carries the run's
 * id. It needs no word of the engine.
 */
export class Speakers {
  readonly #last = new Map<string, Spoken | null>();

  /** Listens for a run from now on. */
  follow(runId: string): void {
    if (!this.#last.has(runId)) this.#last.set(runId, null);
  }

  /** Listens for a run no more. */
  forget(runId: string): void {
    this.#last.delete(runId);
  }

  /** Takes in what a process has sent. */
  hear(speaker: string, bytes: Buffer): void {
    if (bytes.length > statementBytesMax) return;
    for (const runId of this.#last.keys()) {
      if (bytes.includes(runId)) this.#last.set(runId, { speaker, atMilliseconds: performance.now() });
    }
  }

  lastOn(runId: string): Spoken | null {
    return this.#last.get(runId) ?? null;
  }

  /** The runs that this process was the last to speak of. */
  runsOf(speaker: string): string[] {
    return [...this.#last].filter(([, spoken]) => spoken?.speaker === speaker).map(([runId]) => runId);
  }
}

/** Larger pieces are records on their way, not statements. */
const statementBytesMax = 16 * 1024;
