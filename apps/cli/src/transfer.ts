import { Readable } from "node:stream";
import { z } from "zod";
import { CliFailure } from "./failure.ts";
import type { LocalFile } from "./local-file.ts";
import { addressOf, type Connection } from "./settings.ts";

const answerSchema = z.object({ id: z.string() });
const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }),
});

/** Sends a local file to the server and gives the id it got. Throws `CliFailure` when it is refused. */
export async function uploadFile(connection: Connection, { name, handle }: LocalFile): Promise<string> {
  const answer = await fetch(addressOf(connection, `files?name=${encodeURIComponent(name)}`), {
    method: "POST",
    headers: { Authorization: `Bearer ${connection.token}`, "Content-Type": "application/octet-stream" },
    body: Readable.toWeb(handle.createReadStream()) as ReadableStream<Uint8Array>,
    duplex: "half",
  });
  if (!answer.ok) throw await failureOf(answer);
  return answerSchema.parse(await answer.json()).id;
}

/** What the server gives at `path`. Throws `CliFailure` when it refuses. */
export async function download(connection: Connection, path: string): Promise<Readable> {
  const answer = await fetch(addressOf(connection, path), {
    headers: { Authorization: `Bearer ${connection.token}` },
  });
  if (!answer.ok || !answer.body) throw await failureOf(answer);
  return Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
}

async function failureOf(answer: Response): Promise<CliFailure> {
  const body = errorSchema.safeParse(await answer.json().catch(() => null));
  if (!body.success) return new CliFailure("unexpected", `The server answered ${answer.status} ${answer.statusText}.`);
  const { code, message, details } = body.data.error;
  return new CliFailure(code, message, details);
}
