import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { exists } from "./exists.ts";

const pollMilliseconds = 25;

/** Ends a server that a process which is gone left behind, when it is surely this cluster's. */
export async function stopLeftover(dataFolder: string, password: string): Promise<void> {
  const lines = await readFile(join(dataFolder, "postmaster.pid"), "utf8").then(
    (text) => text.split("\n"),
    () => [],
  );
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !port) return;
  const client = new Client({ connectionString: `postgres://waybill:${password}@127.0.0.1:${port}/postgres` });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder");
    if (rows[0]?.folder !== dataFolder) return;
    process.kill(pid, "SIGINT");
    while (await exists(join(dataFolder, "postmaster.pid"))) await delay(pollMilliseconds);
  } catch {
    // Nobody answers there, so the note is stale; Postgres itself refuses to start if it is not.
  } finally {
    await client.end().catch(() => undefined);
  }
}
