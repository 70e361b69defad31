import { setTimeout as delay } from "node:timers/promises";
import type { Api } from "../world/api.ts";
import type { Health } from "../world/health.ts";
import type { Speakers } from "../world/speakers.ts";
import type { RunWatch } from "./run-watch.ts";
import type { Violation } from "./violation.ts";

/** How long a run may be without a live owner while the world is well. */
export const ownerlessSecondsMax = 30;

interface Orphan {
  heldBy: string;
  /** On the clock of `performance.now()`, as all times here. */
  sinceMilliseconds: number;
  complained: boolean;
}

/** Measures how long it takes until the runs of a lost worker go on. */
export class TakeOvers {
  readonly #orphans = new Map<string, Orphan>();
  readonly #seconds: number[] = [];
  #stopped = false;
  #measuring: Promise<void> = Promise.resolve();
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#measuring = this.#measure();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#measuring;
  }

  /** How many runs of lost workers went on, and the longest time that one waited, in seconds. */
  get result(): { count: number; slowestSeconds: number } {
    return { count: this.#seconds.length, slowestSeconds: Math.max(0, ...this.#seconds) };
  }

  /** To be said when a worker was killed or can no longer be heard: its runs wait from now on. */
  lost(worker: string): void {
    const sinceMilliseconds = performance.now();
    for (const run of this.#parts.speakers.runsOf(worker)) {
      if (!this.#parts.watch.isOpen(run)) continue;
      const orphan = { heldBy: worker, sinceMilliseconds, complained: false };
      this.#orphans.set(run, orphan);
      this.#dropUnlessHeld(run, orphan).catch(() => undefined);
    }
  }

  /** A run that its worker had given back before has no dead owner: it waits for its next attempt. */
  async #dropUnlessHeld(run: string, orphan: Orphan): Promise<void> {
    const last = (await this.#parts.api.logOf(run)).at(-1);
    if (last?.event === "attempt_interrupted" && this.#orphans.get(run) === orphan) this.#orphans.delete(run);
  }

  async #measure(): Promise<void> {
    while (!this.#stopped) {
      for (const [run, orphan] of this.#orphans) this.#look(run, orphan);
      await delay(lookMilliseconds);
    }
  }

  #look(run: string, orphan: Orphan): void {
    const { speakers, watch, health, complain } = this.#parts;
    if (!watch.isOpen(run)) {
      this.#orphans.delete(run);
      return;
    }
    const spoken = speakers.lastOn(run);
    const goesOn = spoken !== null && spoken.atMilliseconds > orphan.sinceMilliseconds + lastWordsMilliseconds;
    const until = goesOn ? spoken.atMilliseconds : performance.now();
    const seconds = Math.max(0, until - Math.max(orphan.sinceMilliseconds, health.wellSinceMilliseconds)) / 1_000;
    if (seconds > ownerlessSecondsMax && !orphan.complained) {
      orphan.complained = true;
      const what = `run ${run} of ${orphan.heldBy} had not gone on after ${seconds.toFixed(1)} s`;
      complain({ rule: "take_over", detail: what });
    }
    if (!goesOn) return;
    this.#seconds.push(seconds);
    this.#orphans.delete(run);
  }
}

interface Parts {
  api: Api;
  speakers: Speakers;
  watch: RunWatch;
  health: Health;
  complain(violation: Violation): void;
}

const lookMilliseconds = 100;
/** What a process had sent before it died may arrive a little later. */
const lastWordsMilliseconds = 50;
