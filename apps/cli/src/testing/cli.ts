import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const main = join(import.meta.dirname, "..", "main.ts");

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
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, TZ: "UTC", ...environment };
  const child = spawn(process.execPath, [main, ...parameters], { env, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(input ?? "");
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
