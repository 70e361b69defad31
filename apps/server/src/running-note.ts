import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const noteSchema = z.object({ url: z.url(), pid: z.number().int() });

/** Where the server of a home answers, for the CLI on the same machine. */
export type RunningNote = z.output<typeof noteSchema>;

/** The note of a server that answers now; null when none does. */
export async function readRunningNote(home: string): Promise<RunningNote | null> {
  try {
    const note = noteSchema.parse(JSON.parse(await readFile(join(home, fileName), "utf8")));
    const answer = await fetch(new URL("/healthz", note.url));
    return answer.ok ? note : null;
  } catch {
    return null;
  }
}

export async function writeRunningNote(home: string, note: RunningNote): Promise<void> {
  await writeFile(join(home, fileName), `${JSON.stringify(note)}\n`, { mode: 0o600 });
}

export async function removeRunningNote(home: string): Promise<void> {
  await rm(join(home, fileName), { force: true });
}

const fileName = "server.json";
