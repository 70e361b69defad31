import { EventEmitter, on } from "node:events";
import { Client, type ClientBase, type ClientConfig } from "pg";

/** Hears of every change of a run, from whichever process made it. */
export interface RunChanges {
  /** The ids of runs as they change, until `signal` aborts; `null` when changes may have been missed. */
  follow(signal: AbortSignal): AsyncGenerator<string | null>;
  stop(): Promise<void>;
}

/** The channel on which the id of each run that changes is told. */
export const runChanges = "waybill_run_changes";
const reconnectMilliseconds = 1_000;
const followersMax = 1_000;

/** Tells all processes, when the caller's transaction commits, that a run changed. */
export async function announceRunChange(client: Pick<ClientBase, "query">, runId: string): Promise<void> {
  await client.query("select pg_notify($1, $2)", [runChanges, runId]);
}

/** Listens on a connection of its own and comes back after losing it. Throws when the first connection fails. */
export async function openRunChanges(connection: ClientConfig): Promise<RunChanges> {
  const changes = new EventEmitter();
  changes.setMaxListeners(followersMax);
  let client: Client | undefined;
  let connecting: Promise<void> | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const fresh = new Client(connection);
    fresh.on("error", reconnect);
    fresh.on("end", reconnect);
    fresh.on("notification", (message) => changes.emit("change", message.payload ?? null));
    try {
      await fresh.connect();
      await fresh.query(`listen ${runChanges}`);
    } catch (error) {
      await fresh.end().catch(() => undefined);
      throw error;
    }
    client = fresh;
    changes.emit("change", null);
  }

  function reconnect(): void {
    if (stopped || timer || connecting) return;
    timer = setTimeout(async () => {
      timer = undefined;
      connecting = connect();
      const failed = await connecting.then(
        () => false,
        () => true,
      );
      connecting = undefined;
      if (failed) reconnect();
    }, reconnectMilliseconds);
  }

  async function stop(): Promise<void> {
    stopped = true;
    clearTimeout(timer);
    await connecting?.catch(() => undefined);
    await client?.end();
  }

  try {
    await connect();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    async *follow(signal) {
      try {
        for await (const [runId] of on(changes, "change", { signal })) yield runId;
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    stop,
  };
}
