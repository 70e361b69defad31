import { setTimeout as delay } from "node:timers/promises";
import type { Api, Run } from "../world/api.ts";
import type { Speakers } from "../world/speakers.ts";
import { sumFault } from "./check-delivery.ts";
import type { Violation } from "./violation.ts";

type ActiveRun = Pick<Run, "id" | "name" | "phase" | "integration" | "counts">;

/** Follows runs over the API while they go on, and keeps how each one ended. */
export class RunWatch {
  readonly #api: Api;
  readonly #speakers: Speakers;
  readonly #complain: (violation: Violation) => void;
  readonly #followed = new Set<string>();
  #active = new Map<string, ActiveRun>();
  readonly #ended = new Map<string, Run>();
  readonly #complainedOf = new Set<string>();
  #stopped = false;
  #watching: Promise<void> = Promise.resolve();

  constructor(api: Api, speakers: Speakers, complain: (violation: Violation) => void) {
    this.#api = api;
    this.#speakers = speakers;
    this.#complain = complain;
  }

  start(): void {
    this.#watching = this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#watching;
  }

  follow(runId: string): void {
    if (this.#ended.has(runId)) return;
    this.#followed.add(runId);
    this.#speakers.follow(runId);
  }

  /** How many runs that are followed were not over when last looked at. */
  get openCount(): number {
    return this.#followed.size;
  }

  isOpen(runId: string): boolean {
    return this.#followed.has(runId);
  }

  /** The runs that were In-Progress when last looked at. */
  get active(): ActiveRun[] {
    return [...this.#active.values()];
  }

  /** How a run ended, as first seen; undefined while it is not over. */
  endOf(runId: string): Run | undefined {
    return this.#ended.get(runId);
  }

  async #watch(): Promise<void> {
    while (!this.#stopped) {
      await this.#look().catch((error) => {
        if (!this.#stopped) this.#complain({ rule: "api", detail: `runs cannot be watched: ${error}` });
      });
      await delay(lookMilliseconds);
    }
  }

  async #look(): Promise<void> {
    const before = [...this.#followed];
    const { items } = await this.#api.ask((client) =>
      client.runs.list.query({ status: ["in_progress"], limit: activeRunsMax }),
    );
    this.#active = new Map(items.map((run) => [run.id, run]));
    for (const run of items) this.#checkSum(run);
    for (const id of before) if (!this.#active.has(id)) await this.#lookAtEnd(id);
  }

  async #lookAtEnd(id: string): Promise<void> {
    const run = await this.#api.ask((client) => client.runs.get.query({ run: id }));
    if (run.status === "in_progress") return;
    this.#ended.set(id, run);
    this.#followed.delete(id);
    this.#speakers.forget(id);
  }

  #checkSum(run: ActiveRun): void {
    const fault = sumFault(run);
    if (!fault || this.#complainedOf.has(run.id)) return;
    this.#complainedOf.add(run.id);
    this.#complain({ rule: "counts", detail: `${run.name}, while it was ${run.phase}: ${fault}` });
  }
}

const lookMilliseconds = 300;
const activeRunsMax = 500;
