import { spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { cleanEnvironment, main } from "./cli.ts";

/** What a person types once the terminal shows a text. */
export type Answer = [shown: string, typed: string];

// Python's `pty` is on every Unix; `script` takes other options on each.
const onTerminal = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";
const sized = 'stty cols 120 rows 40; exec "$@"';

/** Runs the real CLI on a terminal, and gives all that it showed. */
export async function runOnTerminal(
  environment: Record<string, string>,
  parameters: string[],
  answers: Answer[] = [],
): Promise<{ code: number | null; shown: string }> {
  const child = spawn("python3", ["-c", onTerminal, "sh", "-c", sized, "sh", process.execPath, main, ...parameters], {
    env: cleanEnvironment({ TERM: "xterm", ...environment }),
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill());
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const left = [...answers];
  let shown = "";
  let seen = 0;
  for await (const bytes of child.stdout) {
    shown += bytes;
    const [next] = left;
    const at = next ? shown.indexOf(next[0], seen) : -1;
    if (!next || at < 0) continue;
    seen = at + next[0].length;
    child.stdin.write(next[1]);
    left.shift();
  }
  child.stdin.end();
  return { code: await ended, shown };
}
