import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";

const main = resolve(import.meta.dirname, "../../../../apps/cli/src/main.ts");
/** How much of what a process said is told when it ends. */
const lastWordsCharacters = 2_000;

/** A `waybill serve` in a process of its own. */
export interface ServeProcess {
  pid: number;
  /** Rejects, with what the process said, once it is gone. */
  ended: Promise<never>;
  /** Resolves once it has printed this text. */
  untilSaid(text: string): Promise<void>;
  /** Lets it stop in order. */
  stop(): Promise<void>;
}

/** Starts `waybill serve` with a home of its own and nothing of this environment but these settings. */
export async function startProcess(home: string, settings: Record<string, string>): Promise<ServeProcess> {
  // Where root runs Waybill, its Postgres runs as another user, who must get through to its own folder.
  await mkdir(home, { mode: 0o711 });
  const { PATH, HOME } = process.env;
  const child = spawn(main, ["serve"], {
    env: { PATH, HOME, WAYBILL_HOME: home, WAYBILL_SAMPLES: "off", PORT: "0", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = rejectAtEnd(child);
  ended.catch(() => undefined);
  const { pid } = child;
  if (pid === undefined) return await ended;
  return { pid, ended, untilSaid: hear(child.stdout), stop: () => stop(child) };
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

async function rejectAtEnd(child: Child): Promise<never> {
  let said = "";
  child.stderr.on("data", (chunk) => {
    said = (said + chunk).slice(-lastWordsCharacters);
  });
  await once(child, "close");
  throw new Error(`waybill serve ended with ${child.exitCode ?? child.signalCode}: ${said.trim()}`);
}

function hear(stdout: Readable): (text: string) => Promise<void> {
  let said = "";
  stdout.on("data", (chunk) => {
    said += chunk;
  });
  return async (text) => {
    while (!said.includes(text)) await once(stdout, "data");
  };
}

async function stop(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}
