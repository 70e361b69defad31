import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, type ReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { limits } from "../limits.ts";
import { sniffBytes } from "./sniff.ts";

/** Bytes that are kept for a while: few of them in memory, more on disk, encrypted with a key that only this process has. */
export interface Spooled {
  bytes: number;
  /** The first bytes, as many as `sniff` wants to see. */
  head: Uint8Array;
  read(): AsyncIterable<Uint8Array>;
  /** The bytes from `start` up to, not including, `end`. */
  readRange(start: number, end: number): Readable;
  /** Removes the bytes; whoever still reads them gets no more of those on disk. */
  close(): Promise<void>;
}

const algorithm = "aes-256-ctr";
const blockBytes = 16;

/** Keeps bytes, and gives them back as often as they are wanted. Files in the folder can be read by this user alone. */
export async function spool(source: AsyncIterable<Uint8Array>, folder: string): Promise<Spooled> {
  const chunks = source[Symbol.asyncIterator]();
  const first = await takeFirst(chunks);
  if (first.length <= limits.spoolMemoryBytesMax) return inMemory(first);
  try {
    return await onDisk(followedBy(first, chunks), folder);
  } catch (error) {
    await chunks.return?.();
    throw error;
  }
}

/** All the bytes, or the first ones that are too many to stay in memory. */
async function takeFirst(chunks: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const taken: Uint8Array[] = [];
  for (let bytes = 0; bytes <= limits.spoolMemoryBytesMax; ) {
    const chunk = await chunks.next();
    if (chunk.done) break;
    taken.push(chunk.value);
    bytes += chunk.value.byteLength;
  }
  return Buffer.concat(taken);
}

async function* followedBy(first: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => chunks };
}

function inMemory(bytes: Buffer): Spooled {
  const readRange = (start: number, end: number): Readable =>
    end <= start ? Readable.from([]) : Readable.from([bytes.subarray(start, end)], { objectMode: false });
  return {
    bytes: bytes.length,
    head: bytes.subarray(0, sniffBytes),
    read: () => readRange(0, bytes.length),
    readRange,
    close: async () => undefined,
  };
}

async function onDisk(source: AsyncIterable<Uint8Array>, folder: string): Promise<Spooled> {
  const path = join(folder, `${randomUUID()}.spool`);
  const key = randomBytes(32);
  const start = randomBytes(blockBytes);
  let bytes = 0;
  let head = Buffer.alloc(0);
  async function* counted() {
    for await (const chunk of source) {
      if (head.length < sniffBytes) head = Buffer.concat([head, chunk]).subarray(0, sniffBytes);
      bytes += chunk.byteLength;
      yield chunk;
    }
  }
  const reading = new Set<ReadStream>();
  const close = async () => {
    await Promise.all([...reading].map(stop));
    await rm(path, { force: true });
  };
  try {
    const file = createWriteStream(path, { mode: 0o600 });
    await pipeline(Readable.from(counted(), { objectMode: false }), createCipheriv(algorithm, key, start), file);
  } catch (error) {
    await close();
    throw error;
  }
  const readRange = (from: number, to: number): Readable => {
    if (to <= from) return Readable.from([]);
    const block = Math.floor(from / blockBytes);
    const skip = from - block * blockBytes;
    const file = createReadStream(path, { start: block * blockBytes, end: to - 1 });
    reading.add(file);
    file.on("close", () => reading.delete(file));
    const plain = createDecipheriv(algorithm, key, counterAt(start, block));
    file.on("error", (error) => plain.destroy(error));
    plain.on("close", () => file.destroy());
    return skip === 0 ? file.pipe(plain) : Readable.from(dropFirst(file.pipe(plain), skip), { objectMode: false });
  };
  return { bytes, head, read: () => readRange(0, bytes), readRange, close };
}

/** A removed file keeps its place on disk for as long as a stream has it open. */
async function stop(file: ReadStream): Promise<void> {
  await new Promise<void>((resolve) => file.once("close", resolve).destroy());
}

/** The counter of the nth block: the first one plus n, as one number of 128 bits. */
function counterAt(start: Buffer, block: number): Buffer {
  const value = (BigInt(`0x${start.toString("hex")}`) + BigInt(block)) & ((1n << 128n) - 1n);
  return Buffer.from(value.toString(16).padStart(32, "0"), "hex");
}

async function* dropFirst(source: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of source) {
    if (left < chunk.byteLength) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.byteLength);
  }
}
