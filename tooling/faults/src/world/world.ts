import type { RunWatch } from "../check/run-watch.ts";
import type { TakeOvers } from "../check/take-overs.ts";
import type { Violation } from "../check/violation.ts";
import type { Feeder } from "../work/feeder.ts";
import type { Api } from "./api.ts";
import type { Cluster, StopMode } from "./cluster.ts";
import type { Health } from "./health.ts";
import type { TcpProxy } from "./proxy.ts";
import { type ServerProcess, StartFailed } from "./server-process.ts";
import type { SmallDisk } from "./small-disk.ts";
import type { Speakers } from "./speakers.ts";

/** A process with the line to Postgres that it alone uses, and its own disk where one was mounted. */
export interface Member {
  process: ServerProcess;
  proxy: TcpProxy;
  disk: SmallDisk | null;
}

/** A process that executes runs. */
export type Worker = Member;

/** The process that answers the API. */
export interface Web extends Member {
  /** Where it answers, as last found. */
  url: string;
  /** Finds out where it answers, after a start. */
  find(): Promise<void>;
}

/** What a world is made of. */
export interface WorldParts {
  folder: string;
  cluster: Cluster;
  clusterDisk: SmallDisk | null;
  web: Web;
  workers: Worker[];
  api: Api;
  speakers: Speakers;
  health: Health;
  watch: RunWatch;
  takeOvers: TakeOvers;
  feeder: Feeder;
  complain(violation: Violation): void;
}

/** A Postgres, a server that answers, workers, the lines between them, and the work they do. */
export class World {
  readonly parts: WorldParts;
  /** How many living workers were ended at once, by whatever fault. */
  kills = 0;

  constructor(parts: WorldParts) {
    this.parts = parts;
  }

  /** Ends a worker at once; the runs that it held wait for another from now on. */
  kill(worker: Worker): void {
    if (worker.process.lives) this.kills += 1;
    worker.process.kill();
    this.parts.takeOvers.lost(worker.process.name);
    if (!this.parts.workers.some(({ process }) => process.lives)) this.parts.health.ill();
  }

  /** Starts a worker that is not running. */
  async startWorker(worker: Worker, extraEnvironment: Record<string, string> = {}): Promise<void> {
    await this.#start(worker.process, extraEnvironment);
  }

  /** Asks a process to stop, and holds it to its time. */
  async stop(process: ServerProcess): Promise<void> {
    const { code, seconds } = await process.stop();
    if (code === 0 && seconds <= stopSecondsMax) return;
    const what = `${process.name} stopped with exit code ${code} after ${seconds.toFixed(1)} s`;
    this.parts.complain({ rule: "stop", detail: what });
  }

  /** Stops Postgres and starts it again in the same folder; all proxies lead to where it is then. */
  async restartPostgres(mode: StopMode): Promise<void> {
    this.parts.health.ill();
    await this.parts.cluster.stop(mode);
    await this.startPostgres();
  }

  async startPostgres(): Promise<void> {
    const { cluster, web, workers, health } = this.parts;
    await cluster.start();
    for (const { proxy } of [web, ...workers]) proxy.leadTo(cluster.port);
    health.well();
  }

  /** Starts whatever is not running. */
  async repair(): Promise<void> {
    const { web, workers, health } = this.parts;
    for (const { process } of workers) await this.#start(process);
    if (!web.process.lives) {
      await this.#start(web.process);
      await web.find();
    }
    if (!health.isWell) health.well();
  }

  async #start(process: ServerProcess, extraEnvironment: Record<string, string> = {}): Promise<void> {
    for (let attempt = 1; !process.lives; attempt++) {
      try {
        await process.start(extraEnvironment);
      } catch (error) {
        if (!(error instanceof StartFailed) || attempt === startAttemptsMax) throw error;
        this.parts.complain({ rule: "start", detail: error.message });
      }
    }
  }
}

const startAttemptsMax = 3;
const stopSecondsMax = 30;
