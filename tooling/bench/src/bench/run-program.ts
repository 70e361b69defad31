import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** Where and in what environment a program runs. */
export interface ProgramPlace {
  cwd?: string;
  environment?: Record<string, string>;
}

/** Runs a program to its end and gives what it printed. Throws what it said when it did not end well. */
export async function runProgram(program: string, parameters: string[], place: ProgramPlace = {}): Promise<string> {
  const child = spawn(program, parameters, {
    cwd: place.cwd,
    env: { ...process.env, ...place.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const [printed, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said.trim() || printed.trim()}`);
  return printed;
}
