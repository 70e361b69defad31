import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";

/** Where a server lives, and who hears of it. */
export interface ServerPlace {
  name: string;
  environment: Record<string, string>;
  /** Gets what the process says on standard error. */
  logPath: string;
  /** Hears of everything that must not happen: an end that nobody asked for, or an uncaught error. */
  complain(detail: string): void;
}

/** A server that could not start. */
export class StartFailed extends Error {}

/** `waybill serve` as a process of its own, which may be killed, frozen, stopped and started again. */
export class ServerProcess {
  readonly name: string;
  readonly #place: ServerPlace;
  #child: Child | null = null;
  #expected = false;
  #said = "";

  constructor(place: ServerPlace) {
    this.name = place.name;
    this.#place = place;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get lives(): boolean {
    return this.#child !== null && !this.#expected && isRunning(this.#child);
  }

  /** Starts it, until it says that it has started. Throws `StartFailed` with what it said instead. */
  async start(extraEnvironment: Record<string, string> = {}): Promise<void> {
    if (this.#child && isRunning(this.#child)) await once(this.#child, "exit");
    const child = this.#spawn(extraEnvironment);
    const ready = await Promise.race([
      untilStarted(child.stdout).then(() => true),
      once(child, "exit").then(() => false),
      delay(startMillisecondsMax, false, { ref: false }),
    ]);
    if (ready) return;
    if (this.#expected) throw new StartFailed(`${this.name} was stopped while it started.`);
    this.#expected = true;
    child.kill("SIGKILL");
    throw new StartFailed(`${this.name} did not start: ${this.#said.trim().slice(-saidCharactersMax)}`);
  }

  /** Ends it at once, as a machine that loses its power does. */
  kill(): void {
    this.#expected = true;
    this.#child?.kill("SIGKILL");
  }

  /** Asks it to stop, and waits for its end. Gives its exit code, null when it had to be killed, and how long it took. */
  async stop(): Promise<{ code: number | null; seconds: number }> {
    const child = this.#child;
    if (!child || !isRunning(child)) return { code: null, seconds: 0 };
    this.#expected = true;
    const since = performance.now();
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const impatience = setTimeout(() => child.kill("SIGKILL"), stopMillisecondsMax);
    await ended;
    clearTimeout(impatience);
    return { code: child.exitCode, seconds: (performance.now() - since) / 1_000 };
  }

  freeze(): void {
    this.#child?.kill("SIGSTOP");
  }

  thaw(): void {
    this.#child?.kill("SIGCONT");
  }

  #spawn(extraEnvironment: Record<string, string>): Child {
    const child = spawn(program, ["serve"], {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env.PATH, ...this.#place.environment, ...extraEnvironment },
    });
    this.#child = child;
    this.#expected = false;
    this.#said = "";
    child.stderr.on("data", (bytes: Buffer) => this.#hear(bytes.toString()));
    child.stderr.pipe(createWriteStream(this.#place.logPath, { flags: "a" }));
    child.on("exit", (code, signal) => {
      if (child !== this.#child || this.#expected) return;
      this.#place.complain(
        `${this.name} ended by itself (${signal ?? `exit code ${code}`}): ${this.#said.slice(-saidCharactersMax)}`,
      );
    });
    return child;
  }

  #hear(text: string): void {
    this.#said = (this.#said + text).slice(-saidCharactersMax);
    const uncaught = text.split("\n").find((line) => /unhandled|uncaught/i.test(line));
    if (uncaught) this.#place.complain(`${this.name} said: ${uncaught.slice(0, saidCharactersMax)}`);
  }
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

const program = resolve(import.meta.dirname, "../../../../apps/cli/src/main.ts");
/** What a server of any role says last, once it answers, and takes runs where it is a worker. */
const startedWords = "Stop with Ctrl-C.";
const startMillisecondsMax = 60_000;
const stopMillisecondsMax = 60_000;
const saidCharactersMax = 600;

/** Never resolves when the output ends before; reads it to its end, so that nobody waits to be heard. */
function untilStarted(output: Readable): Promise<void> {
  let said = "";
  return new Promise((resolveStarted) => {
    output.on("data", (bytes: Buffer) => {
      if (said.includes(startedWords)) return;
      said += bytes;
      if (said.includes(startedWords)) resolveStarted();
    });
  });
}

function isRunning(child: Child): boolean {
  return child.exitCode === null && child.signalCode === null;
}
