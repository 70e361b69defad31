import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { checkFileName, tooLarge } from "../file/check-name.ts";
import { ceilingFileLimits, limits } from "../limits.ts";
import type { StoredFile } from "./stored-file.ts";
import { untilSilent } from "./until-silent.ts";

/**
 * Keeps a file as its bytes arrive. Nothing of it remains when it is refused or breaks off.
 * Throws `file_name_invalid`, `file_ending_unknown`, `file_empty`, `file_too_large`, `upload_silent` or
 * `upload_too_slow`.
 */
export async function storeFile(
  ctx: Context,
  input: { name: string; bytes: AsyncIterable<Uint8Array> },
): Promise<StoredFile> {
  const plain = checkFileName(input.name) === ".csv";
  const bytesMax = plain ? ceilingFileLimits.sourceBytesMax : ceilingFileLimits.zipBytesMax;
  const id = uuidv7();
  const hash = createHash("sha256");
  let total = 0;
  let index = 0;
  try {
    const arriving = untilSilent(input.bytes, limits.uploadSilenceSecondsMax);
    for await (const chunk of inChunks(arriving, limits.storedChunkBytes)) {
      total += chunk.byteLength;
      if (total > bytesMax) throw tooLarge(input.name, bytesMax, plain);
      hash.update(chunk);
      await ctx.database.pool.query(
        "insert into waybill.stored_file_chunks (file_id, index, data) values ($1, $2, $3)",
        [id, index++, chunk],
      );
    }
    if (total === 0) throw empty(input.name);
    const stored = {
      id,
      name: input.name,
      bytes: total,
      sha256: hash.digest("hex"),
      createdAt: ctx.clock.now().toISOString(),
    };
    if (!(await enterWhole(ctx, stored, index))) throw tooSlow(input.name);
    return stored;
  } catch (error) {
    await ctx.database.pool.query("delete from waybill.stored_file_chunks where file_id = $1", [id]);
    throw error;
  }
}

async function* inChunks(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    waiting.push(piece);
    length += piece.byteLength;
    while (length >= size) {
      const joined = Buffer.concat(waiting, length);
      yield joined.subarray(0, size);
      waiting = [joined.subarray(size)];
      length -= size;
    }
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}

function empty(name: string): WaybillError {
  return new WaybillError(
    "file_empty",
    `The file ${JSON.stringify(name)} is empty. Send a file that has a header row.`,
  );
}

/**
 * Enters a file of so many chunks among those that are stored, unless some of them were swept away since they came, or are
 * just now.
 */
async function enterWhole(ctx: Context, file: StoredFile, chunks: number): Promise<boolean> {
  const { rowCount } = await ctx.database.pool.query(
    `insert into waybill.stored_files (id, name, bytes, sha256, created_at, created_by)
     select $1, $2, $3, $4, $5, $6
     where (select count(*) from (select from waybill.stored_file_chunks where file_id = $1 for key share) held) = $7`,
    [file.id, file.name, file.bytes, file.sha256, file.createdAt, ctx.actor.id, chunks],
  );
  return rowCount === 1;
}

function tooSlow(name: string): WaybillError {
  const hours = limits.uploadDaysMax * 24;
  return new WaybillError(
    "upload_too_slow",
    `The file ${JSON.stringify(name)} took more than ${hours} hours to come, and nothing of it was kept. Send the file again over a faster line.`,
    { hoursMax: hours },
  );
}
