import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";

/** The command line as it is started. */
export const main = join(import.meta.dirname, "..", "main.ts");

/** What a command printed, and how it ended. */
export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the real CLI as a process, with nothing of the environment but this and the PATH. */
export async function runCli(
  environment: Record<string, string>,
  parameters: string[],
  input: string | null = null,
): Promise<CliResult> {
  const { child, result } = startCli(environment, parameters);
  child.stdin.end(input ?? "");
  return await result;
}

/** Starts the real CLI as a process, by another program where one is named; gives its result once it has ended. */
export function startCli(
  environment: Record<string, string>,
  parameters: string[],
  through: string[] = [],
): { child: ChildProcessByStdio<Writable, Readable, Readable>; result: Promise<CliResult> } {
  const [program = "", ...rest] = [...through, process.execPath, main, ...parameters];
  const child = spawn(program, rest, {
    env: cleanEnvironment(environment),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const result = Promise.all([text(child.stdout), text(child.stderr), ended]).then(([stdout, stderr, code]) => ({
    code,
    stdout,
    stderr,
  }));
  return { child, result };
}

/** This environment, with what any program needs. */
export function cleanEnvironment(environment: Record<string, string>): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, TZ: "UTC", ...environment };
}
