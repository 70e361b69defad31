import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { openKeyRing } from "../key/key-ring.ts";
import { limits } from "../limits.ts";
import type { Lookups } from "../record/compile-record.ts";
import { readFileChunk } from "../stored-file/read-file.ts";
import { ahead } from "./ahead.ts";
import type { CheckedBatch, SourceRecord } from "./checked-batch.ts";
import { PortClosed } from "./port-calls.ts";
import type { CheckedHeader, ReaderThread, ReadingHost, ReadingRequest, SourceDescription } from "./protocol.ts";

/**
 * A source that is opened and read on a thread of its own; each step is asked for once, in the order they stand here.
 * Besides what it throws itself, a step throws the fault of the database where that is what failed, `file_too_demanding`
 * when the thread needs more memory or time than it may have, and the signal's reason once that aborts.
 */
export interface SourceReader {
  /** What stands in the attachments, for those who want nothing else. Throws a file's fault, or `attachment_invalid`. */
  lookups(): Promise<Lookups>;
  /** Opens the source and the attachments through all their layers. Throws the file's fault. */
  open(): Promise<SourceDescription>;
  /** Reads the header and compiles the rules. Throws the header's fault, or `attachment_invalid`. */
  check(): Promise<CheckedHeader>;
  /** The records after the first `done`, read ahead of whoever takes them. */
  batches(done: number): AsyncGenerator<CheckedBatch>;
  /** Accepted records of the batch that was taken last, as they stand in the source. */
  sourcesOf(batch: CheckedBatch, ordinals: number[]): Promise<SourceRecord[]>;
  /** Ends the thread; nothing of the source remains on disk. */
  close(): Promise<void>;
}

/** How long the steps may take. */
const usualSeconds: { opening: number; batch: number } = {
  opening: limits.openingSecondsMax,
  batch: limits.batchReadingSecondsMax,
};

/** Takes a thread for a source, as soon as one is free. */
export async function startReader(
  services: Pick<Services, "readers" | "database" | "masterKey" | "temporaryFolder">,
  request: Omit<ReadingRequest, "temporaryFolder">,
  signal: AbortSignal,
  secondsMax = usualSeconds,
): Promise<SourceReader> {
  const temporaryFolder = await mkdtemp(join(services.temporaryFolder, "source-"));
  const host = new DatabaseHost(services);
  const thread = services.readers.start({ ...request, temporaryFolder }, host.functions);
  const hangUp = () => thread.hangUp();
  signal.addEventListener("abort", hangUp, { once: true });
  if (signal.aborted) hangUp();
  const step = async <Value>(work: Promise<Value>, seconds: number): Promise<Value> => {
    const timer = setTimeout(() => thread.hangUp(tooDemanding(`${seconds} seconds`)), seconds * 1_000);
    try {
      return await work;
    } catch (error) {
      throw host.fault ?? (error instanceof PortClosed ? await whyClosed(thread, signal) : error);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    lookups: () => step(thread.ask.lookups(), secondsMax.opening),
    open: () => step(thread.ask.open(), secondsMax.opening),
    check: () => step(thread.ask.check(), secondsMax.opening),
    batches: (done) => ahead(() => step(thread.ask.nextBatch(done), secondsMax.batch), limits.batchesAhead),
    sourcesOf: async (batch, ordinals) =>
      ordinals.length === 0 ? [] : await step(thread.ask.sourcesOf(batch.number, ordinals), secondsMax.batch),
    async close() {
      signal.removeEventListener("abort", hangUp);
      await thread.close();
      await rm(temporaryFolder, { recursive: true, force: true });
    },
  };
}

/** Gives a thread what stands in the database, and remembers the fault that it met, which would not come back whole. */
class DatabaseHost {
  fault: unknown;
  readonly functions: ReadingHost;

  constructor(services: Pick<Services, "database" | "masterKey">) {
    const keepFault = (error: unknown): never => {
      this.fault = error;
      throw error;
    };
    this.functions = {
      readChunk: (fileId, index) => readFileChunk(services, fileId, index).catch(keepFault),
      readKeys: () => openKeyRing(services).catch(keepFault),
    };
  }
}

async function whyClosed(thread: ReaderThread, signal: AbortSignal): Promise<unknown> {
  if (signal.aborted) return signal.reason;
  if (thread.fault instanceof WaybillError) return thread.fault;
  const fault = await thread.ended.then(
    () => new PortClosed(),
    (error: unknown) => error,
  );
  const outOfMemory = fault instanceof Error && "code" in fault && fault.code === "ERR_WORKER_OUT_OF_MEMORY";
  return outOfMemory ? tooDemanding(`${limits.readerThreadHeapMebibytes} MiB of memory`) : fault;
}

function tooDemanding(what: string): WaybillError {
  const message = `Reading the file takes more than ${what}, the most that one step of it may take. Split the file, or shorten its attachments.`;
  return new WaybillError("file_too_demanding", message);
}
