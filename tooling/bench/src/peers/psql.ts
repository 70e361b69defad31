import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { runProgram } from "../bench/run-program.ts";

/** Postgres's own client, as a script would use it. */
export interface Psql {
  program: string;
  /** Runs commands in one session, one after the other, and stops at the first that fails. */
  run(url: string, commands: string[]): Promise<void>;
}

const debianFolder = "/usr/lib/postgresql";

/** Finds psql on the PATH or where Debian keeps it. Null where there is none. */
export async function findPsql(): Promise<Psql | null> {
  const versions = await readdir(debianFolder).catch(() => []);
  const folders = [
    ...(process.env.PATH ?? "").split(delimiter),
    ...versions.map((version) => join(debianFolder, version, "bin")),
  ];
  const program = folders.map((folder) => join(folder, "psql")).find((path) => existsSync(path));
  if (!program) return null;
  return {
    program,
    async run(url, commands) {
      await runProgram(program, [...psqlOptions(url), ...commands.flatMap((command) => ["-c", command])]);
    },
  };
}

/** The options of every call: nothing of a user's own settings, and an end at the first error. */
export function psqlOptions(url: string): string[] {
  return ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url];
}
