import { Readable } from "node:stream";
import { limits } from "../limits.ts";
import type { Spooled } from "./spool.ts";

/** A spooled layer that counts what is read of it. */
export interface CountedLayer extends Spooled {
  bytesRead(): number;
}

/** Counts what is read of a layer, so that what comes out of it can be held against that. */
export function countReads(layer: Spooled): CountedLayer {
  let bytes = 0;
  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      yield chunk;
    }
  }
  const readRange = (start: number, end: number) =>
    Readable.from(counted(layer.readRange(start, end)), { objectMode: false });
  return { ...layer, readRange, read: () => readRange(0, layer.bytes), bytesRead: () => bytes };
}

/** Passes on what comes out of a layer, and throws `fault` once that is out of all proportion to what went in. */
export async function* limitExpansion(
  expanded: AsyncIterable<Uint8Array>,
  layer: CountedLayer,
  fault: () => Error,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of expanded) {
    bytes += chunk.byteLength;
    if (bytes > limits.expansionFreeBytes && bytes > limits.expansionRatioMax * layer.bytesRead()) throw fault();
    yield chunk;
  }
}
