import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Writes a file anew and gives how many bytes it got. */
export async function writeTarget(path: string, content: Readable): Promise<number> {
  const file = createWriteStream(path);
  await pipeline(content, file);
  return file.bytesWritten;
}
