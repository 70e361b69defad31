import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@waybill/db/embedded/start-embedded-postgres";
import { Client } from "pg";

/** How a Postgres is stopped: in order, or at once as in a crash, so that it must recover. */
export const stopModes = ["fast", "immediate"] as const;
export type StopMode = (typeof stopModes)[number];

/** So that a long run stays on a small disk. */
const settings = { max_wal_size: "512MB" };

/** The Postgres of a world, which may be stopped and started; each start has another port. */
export class Cluster {
  readonly #folder: string;
  #running: EmbeddedPostgres;

  private constructor(folder: string, running: EmbeddedPostgres) {
    this.#folder = folder;
    this.#running = running;
  }

  /** Starts the cluster in a folder that Postgres's user can reach. */
  static async start(folder: string): Promise<Cluster> {
    return new Cluster(folder, await startEmbeddedPostgres({ folder, settings }));
  }

  /** Its own address, past all proxies. */
  get url(): string {
    return this.#running.url;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** The same database by way of another port. */
  urlBy(port: number): string {
    return Object.assign(new URL(this.url), { port: String(port) }).href;
  }

  async stop(mode: StopMode): Promise<void> {
    const pid = mode === "immediate" ? await this.#pid() : 0;
    if (pid > 0) process.kill(pid, "SIGQUIT");
    await this.#running.stop();
  }

  async start(): Promise<void> {
    this.#running = await startEmbeddedPostgres({ folder: this.#folder, settings });
  }

  async answers(): Promise<boolean> {
    return await this.query("select 1").then(
      () => true,
      () => false,
    );
  }

  /** Runs one statement on a connection of its own. */
  async query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.url, connectionTimeoutMillis: connectMilliseconds });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async #pid(): Promise<number> {
    const note = await readFile(join(this.#folder, "data", "postmaster.pid"), "utf8").catch(() => "");
    return Number.parseInt(note, 10) || 0;
  }
}

const connectMilliseconds = 5_000;
