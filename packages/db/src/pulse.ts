import { Socket } from "node:net";
import { Client, type ClientBase } from "pg";
import type { Database } from "./database.ts";
import { repeat } from "./repeat.ts";

/** How a process shows that it lives and reaches its database. */
export interface PulseOptions {
  beatSeconds: number;
  /** Without a beat for so long, all connections of the process are given up. */
  lapseSeconds: number;
  /** Sends one beat. */
  beat(client: ClientBase): Promise<void>;
  /** Takes back what the beats left, when the pulse is stopped. */
  end?(client: ClientBase): Promise<void>;
  /** Is told why a beat failed, once until the next good one. */
  onFault?(error: unknown): void;
}

/** Beats until it is stopped. */
export interface Pulse {
  /** Whether the last beat was good, and so were all those of the lapse time after the last lapse. */
  steady(): boolean;
  /** Stops the beats and waits for the last one. May be called twice. */
  stop(): Promise<void>;
}

const answerMillisecondsMax = 5_000;

/**
 * Beats every few seconds over a connection of its own. A network that swallows everything closes nothing, so once no
 * beat was good for `lapseSeconds` it drops all connections of `database`, and ends what is left of them on the server
 * before the next beat. Throws when the first beat fails.
 */
export async function startPulse(database: Database, options: PulseOptions): Promise<Pulse> {
  const heartbeat = new Heartbeat(database, options);
  await heartbeat.start();
  return heartbeat;
}

class Heartbeat implements Pulse {
  readonly #database: Database;
  readonly #options: PulseOptions;
  readonly #stopping = new AbortController();
  readonly #watchdog: NodeJS.Timeout;
  #beating = Promise.resolve();
  #line: Line | undefined;
  #good = true;
  #lapsed = false;
  #beatsOwed = 0;

  constructor(database: Database, options: PulseOptions) {
    this.#database = database;
    this.#options = options;
    this.#watchdog = setInterval(() => this.#lapse(), options.lapseSeconds * 1_000);
  }

  async start(): Promise<void> {
    try {
      await this.#beatOnce();
    } catch (error) {
      this.#giveUp();
      throw error;
    }
    this.#beating = this.#beatOn();
  }

  steady(): boolean {
    return this.#good && !this.#lapsed && this.#beatsOwed === 0;
  }

  stop(): Promise<void> {
    this.#stopping.abort();
    return this.#beating;
  }

  #lapse(): void {
    this.#lapsed = true;
    this.#beatsOwed = Math.ceil(this.#options.lapseSeconds / this.#options.beatSeconds);
    this.#database.dropConnections();
  }

  async #beatOn(): Promise<void> {
    const { beatSeconds, end } = this.#options;
    await repeat(beatSeconds, this.#stopping.signal, () => this.#beatOnce().catch((error) => this.#miss(error)));
    if (this.#line && end) await end(this.#line.client).catch(() => undefined);
    this.#giveUp();
  }

  async #beatOnce(): Promise<void> {
    this.#line ??= await openLine(this.#database);
    if (this.#lapsed) await this.#line.client.query(endLeftovers);
    await this.#options.beat(this.#line.client);
    this.#watchdog.refresh();
    this.#good = true;
    this.#lapsed = false;
    this.#beatsOwed = Math.max(0, this.#beatsOwed - 1);
  }

  #miss(error: unknown): void {
    if (this.#good) this.#options.onFault?.(error);
    this.#good = false;
    this.#loseLine();
  }

  #loseLine(): void {
    this.#line?.socket.destroy();
    this.#line = undefined;
  }

  #giveUp(): void {
    clearInterval(this.#watchdog);
    this.#loseLine();
  }
}

const endLeftovers = `
  select count(pg_terminate_backend(a.pid))
  from pg_stat_activity a join pg_stat_activity own on own.pid = pg_backend_pid()
  where a.datname = own.datname and a.application_name = own.application_name and a.backend_start < own.backend_start`;

/** A connection, and what cuts it when nobody answers on it. */
interface Line {
  client: Client;
  socket: Socket;
}

async function openLine(database: Database): Promise<Line> {
  const socket = new Socket();
  const times = { connectionTimeoutMillis: answerMillisecondsMax, query_timeout: answerMillisecondsMax };
  const client = new Client({ ...database.connection, ...times, stream: () => socket });
  // Whoever beats next over it meets the loss.
  client.on("error", () => undefined);
  await client.connect();
  return { client, socket };
}
