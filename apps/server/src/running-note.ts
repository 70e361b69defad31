import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** `instance` is random: only the server that wrote the note knows it, and `/healthz` repeats it. */
const noteSchema = z.object({ url: z.url(), pid: z.number().int(), instance: z.string().min(1) });
const answerSchema = z.object({ instance: z.string() });

/** Where the server of a home answers, for the CLI on the same machine. */
export type RunningNote = z.output<typeof noteSchema>;

/** How long a server may take to say that it is there. */
export const answerMillisecondsMax = 5_000;

/** The note of a server that answers now, and is the one that wrote it; null when none does. */
export async function readRunningNote(home: string): Promise<RunningNote | null> {
  try {
    const note = noteSchema.parse(JSON.parse(await readFile(join(home, fileName), "utf8")));
    const answer = await fetch(new URL("/healthz", note.url), { signal: AbortSignal.timeout(answerMillisecondsMax) });
    const { instance } = answerSchema.parse(await answer.json());
    return answer.ok && instance === note.instance ? note : null;
  } catch {
    return null;
  }
}

/** Leaves the note of a server in its home. */
export async function writeRunningNote(home: string, note: RunningNote): Promise<void> {
  await writeFile(join(home, fileName), `${JSON.stringify(note)}\n`, { mode: 0o600 });
}

/** Takes the note away, as a server that stops does. */
export async function removeRunningNote(home: string): Promise<void> {
  await rm(join(home, fileName), { force: true });
}

const fileName = "server.json";
