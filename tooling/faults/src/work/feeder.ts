import { setTimeout as delay } from "node:timers/promises";
import { seededRandom } from "@waybill/samples/random";
import type { RunWatch } from "../check/run-watch.ts";
import type { Violation } from "../check/violation.ts";
import { type Api, refusalOf } from "../world/api.ts";
import { type Delivery, fileOf } from "./delivery.ts";
import { definitionOf, type Kind, kinds } from "./kind.ts";

/** Keeps a handful of runs going, and knows of each what must come of it. */
export class Feeder {
  readonly #api: Api;
  readonly #watch: RunWatch;
  readonly #seed: number;
  readonly #complain: (violation: Violation) => void;
  #next = 1;
  readonly #byRun = new Map<string, Delivery>();
  #paused = true;
  #stopped = false;
  #feeding: Promise<void> = Promise.resolve();

  constructor(api: Api, watch: RunWatch, seed: number, complain: (violation: Violation) => void) {
    this.#api = api;
    this.#watch = watch;
    this.#seed = seed;
    this.#complain = complain;
  }

  /** Every delivery that was started, with the run it became. */
  get deliveries(): { run: string; delivery: Delivery }[] {
    return [...this.#byRun].map(([run, delivery]) => ({ run, delivery }));
  }

  async applyDefinitions(): Promise<void> {
    for (const kind of Object.values(kinds)) {
      await this.#api.ask((client) => client.integrations.applyDefinition.mutate({ yaml: definitionOf(kind) }));
    }
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#feeding = this.#feed();
  }

  /** Starts nothing more, and waits until what was being started is. */
  async pause(): Promise<void> {
    this.#paused = true;
    await this.#feeding;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.pause();
  }

  /** Starts one run of this kind now, `times` times at once with the same request, and gives the run. */
  async deliver(kind: Kind, records: number, times = 1): Promise<string> {
    return await this.#start({ number: this.#next++, kind, records, cancelled: false }, times);
  }

  async #feed(): Promise<void> {
    while (!this.#paused) {
      if (this.#watch.openCount < openRunsMax) await this.#startNext().catch((error) => this.#refused(error));
      else await delay(pauseMilliseconds);
    }
  }

  async #startNext(): Promise<void> {
    const number = this.#next++;
    const random = seededRandom(this.#seed, number);
    const kind = random.pick(fedKinds);
    const cancelled = !kind.overwrites && random.chance(cancelledPercent);
    const records = kind.overwrites ? overwrittenRecords : random.between(...random.pick(sizes));
    const run = await this.#start({ number, kind, records, cancelled }, random.chance(repeatedPercent) ? 2 : 1);
    if (cancelled) void this.#cancel(run, random.between(0, cancelMillisecondsMax));
  }

  async #start(delivery: Delivery, times: number): Promise<string> {
    const file = fileOf(delivery);
    const sourceFile = await this.#api.upload(file.name, file.bytes);
    const request = { integration: delivery.kind.key, sourceFile, idempotencyKey: `delivery-${delivery.number}` };
    const ask = () => this.#api.ask((client) => client.runs.start.mutate(request));
    const runs = await Promise.all(Array.from({ length: times }, ask));
    const ids = [...new Set(runs.map((run) => run.id))];
    if (ids.length > 1) {
      const detail = `delivery ${delivery.number} became the runs ${ids.join(", ")}`;
      this.#complain({ rule: "same_request", detail });
    }
    for (const id of ids) {
      this.#byRun.set(id, delivery);
      this.#watch.follow(id);
    }
    return ids[0] ?? "";
  }

  async #cancel(run: string, milliseconds: number): Promise<void> {
    await delay(milliseconds);
    if (this.#stopped) return;
    try {
      await this.#api.ask((client) => client.runs.cancel.mutate({ run }));
    } catch (error) {
      if (refusalOf(error) !== "run_already_final") this.#refused(error);
    }
  }

  #refused(error: unknown): void {
    if (!this.#stopped) this.#complain({ rule: "api", detail: `a request was not taken: ${error}` });
  }
}

/** How many runs are open at a time. */
const openRunsMax = 6;
const pauseMilliseconds = 100;
const cancelledPercent = 8;
const repeatedPercent = 20;
const cancelMillisecondsMax = 1_500;
const overwrittenRecords = 12_000;
/** From and to how many records; the small ones are more often. */
const sizes: [number, number][] = [
  [100, 2_000],
  [100, 2_000],
  [2_000, 12_000],
  [2_000, 12_000],
  [40_000, 60_000],
];
const fedKinds = Object.values(kinds) as Kind[];
