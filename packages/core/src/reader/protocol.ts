import type { Definition } from "../definition/definition.ts";
import type { FileSignature } from "../file/judge-signature.ts";
import type { KeyRing } from "../file/key-ring.ts";
import type { Layer } from "../file/sniff.ts";
import type { FileLimits } from "../limits.ts";
import type { Lookups } from "../record/compile-record.ts";
import type { CheckedBatch, SourceRecord } from "./checked-batch.ts";

/** What is read, and by which rules. */
export interface ReadingRequest {
  definition: Definition;
  parameters: Record<string, unknown>;
  source: NamedFile;
  attachments: Record<string, NamedFile>;
  sourceLimits: FileLimits;
  /** Whether values are taken as they stand, also where the source is an `errors.csv` that comes back. */
  asWritten?: boolean;
  attachmentLimits: FileLimits;
  /** When it is read; signatures are judged by it. */
  now: Date;
  /** Where opened layers stand, encrypted, while they are needed. */
  temporaryFolder: string;
}

/** A stored file, and the name that it was sent with. */
export interface NamedFile {
  id: string;
  name: string;
  bytes: number;
}

/** What a reading asks of the thread that has the database. */
export type ReadingHost = {
  /** The chunks of a file, counted from 0; null where there is none. */
  readChunk(fileId: string, index: number): Promise<Uint8Array | null>;
  readKeys(): Promise<KeyRing>;
};

/** A source that was opened: its layers, outermost first, the size of its CSV, and who signed it. */
export interface SourceDescription {
  layers: Layer[];
  bytes: number;
  signedBy: FileSignature | null;
}

/** What a header turned out to be; `unknown` are the columns that the definition does not name. */
export interface CheckedHeader {
  header: string[];
  unknown: string[];
}

/** What a reader's thread answers to: the steps of `SourceReader`. */
export type ReaderFunctions = {
  lookups(): Lookups;
  open(): SourceDescription;
  check(): CheckedHeader;
  nextBatch(done: number): CheckedBatch | null;
  sourcesOf(batchNumber: number, ordinals: number[]): SourceRecord[];
};

/** Threads that open and read sources, so that the process goes on answering and beating meanwhile. */
export interface ReaderPool {
  start(request: ReadingRequest, host: ReadingHost): ReaderThread;
  close(): Promise<void>;
}

/** One source in the hands of one thread. */
export interface ReaderThread {
  /** Rejects with `PortClosed` once the thread is gone or was hung up on. */
  ask: Remote<ReaderFunctions>;
  /** Why it was hung up on. */
  fault: unknown;
  /** Rejects when the thread is lost, as one that needs more memory than it may have is. */
  ended: Promise<void>;
  /** Asks nothing more of it, and lets it put away what it has open. */
  hangUp(fault?: unknown): void;
  /** Hangs up, waits for its end, and ends it by force where that does not come in time. */
  close(): Promise<void>;
}

/** Functions that one side of a port offers to the other. Their arguments and values are copied on the way. */
export type PortFunctions = Record<string, (...args: never[]) => unknown>;

/** The functions of the other side, each a promise; they reject once the port is closed. */
export type Remote<Functions extends PortFunctions> = {
  [Name in keyof Functions]: (...args: Parameters<Functions[Name]>) => Promise<Awaited<ReturnType<Functions[Name]>>>;
};
