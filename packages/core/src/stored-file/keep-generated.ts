import { createHash } from "node:crypto";
import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
import type { StoredFile } from "./stored-file.ts";

/** Keeps a file that Waybill writes itself, in the caller's transaction. */
export async function keepGenerated(
  ctx: Pick<Context, "clock" | "actor">,
  client: PoolClient,
  name: string,
  pieces: AsyncIterable<string>,
): Promise<StoredFile> {
  const id = uuidv7();
  const hash = createHash("sha256");
  let waiting = Buffer.alloc(0);
  let [bytes, index] = [0, 0];
  const keep = async (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.byteLength;
    await client.query("insert into waybill.stored_file_chunks (file_id, index, data) values ($1, $2, $3)", [
      id,
      index++,
      chunk,
    ]);
  };
  for await (const piece of pieces) {
    waiting = Buffer.concat([waiting, Buffer.from(piece)]);
    for (; waiting.byteLength >= limits.storedChunkBytes; waiting = waiting.subarray(limits.storedChunkBytes)) {
      await keep(waiting.subarray(0, limits.storedChunkBytes));
    }
  }
  if (waiting.byteLength > 0) await keep(waiting);
  const file = { id, name, bytes, sha256: hash.digest("hex"), createdAt: ctx.clock.now().toISOString() };
  await client.query(
    `insert into waybill.stored_files (id, name, bytes, sha256, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, name, bytes, file.sha256, file.createdAt, ctx.actor.id],
  );
  return file;
}
