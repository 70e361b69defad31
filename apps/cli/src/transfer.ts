import { Readable } from "node:stream";
import { z } from "zod";
import { refusalOf } from "./failure.ts";
import type { LocalFile } from "./local-file.ts";
import { addressOf, type Connection } from "./settings.ts";

const storedSchema = z.object({ id: z.string() });

/** Sends a local file to the server and gives the id it got. Throws `CliFailure` when it is refused. */
export async function uploadFile(connection: Connection, { name, handle }: LocalFile): Promise<string> {
  const answer = await fetch(addressOf(connection, `files?name=${encodeURIComponent(name)}`), {
    method: "POST",
    headers: { Authorization: `Bearer ${connection.token}`, "Content-Type": "application/octet-stream" },
    body: Readable.toWeb(handle.createReadStream()) as ReadableStream<Uint8Array>,
    duplex: "half",
  });
  const body = await jsonOf(answer);
  const stored = storedSchema.safeParse(body);
  if (!answer.ok || !stored.success) throw refusalOf(answer.status, body, connection.url);
  return stored.data.id;
}

/** What the server gives at `path`. Throws `CliFailure` when it refuses. */
export async function download(connection: Connection, path: string): Promise<Readable> {
  const answer = await fetch(addressOf(connection, path), {
    headers: { Authorization: `Bearer ${connection.token}` },
  });
  if (!answer.ok || !answer.body) throw refusalOf(answer.status, await jsonOf(answer), connection.url);
  return Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
}

async function jsonOf(answer: Response): Promise<unknown> {
  return await answer.json().catch(() => null);
}
