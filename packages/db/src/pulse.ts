import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, type ClientBase } from "pg";
import type { Database } from "./database.ts";

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
  const stopping = new AbortController();
  const lapseMilliseconds = options.lapseSeconds * 1_000;
  const beatsAfterLapse = Math.ceil(options.lapseSeconds / options.beatSeconds);
  let line: Line | undefined;
  let good = true;
  let lapsed = false;
  let beatsOwed = 0;

  const watchdog = setInterval(() => {
    lapsed = true;
    beatsOwed = beatsAfterLapse;
    database.dropConnections();
  }, lapseMilliseconds);

  async function beatOnce(): Promise<void> {
    line ??= await openLine(database);
    if (lapsed) await line.client.query(endLeftovers);
    await options.beat(line.client);
    watchdog.refresh();
    good = true;
    lapsed = false;
    beatsOwed = Math.max(0, beatsOwed - 1);
  }

  function missBeat(error: unknown): void {
    if (good) options.onFault?.(error);
    good = false;
    loseLine();
  }

  function loseLine(): void {
    line?.socket.destroy();
    line = undefined;
  }

  async function beatOn(): Promise<void> {
    while (await pause(options.beatSeconds, stopping.signal)) await beatOnce().catch(missBeat);
    clearInterval(watchdog);
    if (line && options.end) await options.end(line.client).catch(() => undefined);
    loseLine();
  }

  try {
    await beatOnce();
  } catch (error) {
    clearInterval(watchdog);
    loseLine();
    throw error;
  }
  const beating = beatOn();
  return {
    steady: () => good && !lapsed && beatsOwed === 0,
    stop() {
      stopping.abort();
      return beating;
    },
  };
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

/** Whether the time went by before the pulse was stopped. */
async function pause(seconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(seconds * 1_000, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
