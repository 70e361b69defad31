import { WaybillError } from "../errors.ts";
import type { OpenPgpKeys } from "../file/open-pgp.ts";
import { type OpenedSource, openSource } from "../file/open-source.ts";
import { readCsv } from "../file/read-csv.ts";
import { restoreText } from "../file/spreadsheet-text.ts";
import { type FileLimits, limits } from "../limits.ts";
import { compileRecord, type Lookups } from "../record/compile-record.ts";
import { matchHeader } from "../record/match-header.ts";
import { isErrorsCsv } from "../rejected/errors-csv.ts";
import type { SourceRecord } from "./checked-batch.ts";
import { checkedBatches, type ReadableSource, type SourcedBatch } from "./checked-batches.ts";
import { Moved } from "./port-calls.ts";
import type { CheckedHeader, NamedFile, ReadingHost, ReadingRequest, SourceDescription } from "./protocol.ts";
import { readLookups } from "./read-lookups.ts";

/** Opens a source, then checks its header, then gives its records; in this order, each once. Or gives its lookups alone. */
export class Reading {
  readonly #request: ReadingRequest;
  readonly #host: ReadingHost;
  readonly #opened: OpenedSource[] = [];
  readonly #attachments = new Map<string, OpenedSource>();
  readonly #recent: SourcedBatch[] = [];
  #source: ReadableSource | undefined;
  #batches: AsyncGenerator<SourcedBatch> | undefined;

  constructor(request: ReadingRequest, host: ReadingHost) {
    this.#request = request;
    this.#host = host;
  }

  /** What stands in the attachments. Throws the fault of a file, or `attachment_invalid`. */
  async lookups(): Promise<Lookups> {
    await this.#openAttachments();
    return await readLookups(this.#request.definition, this.#attachments);
  }

  /** Throws the fault of the file. */
  async open(): Promise<SourceDescription> {
    const { definition, source, sourceLimits } = this.#request;
    const { encryption, signature } = definition.source;
    const { layers, bytes, signedBy } = await this.#open(source, { encryption, signature, limits: sourceLimits });
    await this.#openAttachments();
    return { layers, bytes, signedBy };
  }

  /** Throws the fault of the header, or `attachment_invalid`. */
  async check(): Promise<CheckedHeader> {
    const { definition, parameters, asWritten } = this.#request;
    const [opened] = this.#opened;
    if (!opened) throw new Error("A header was asked for before its source was opened.");
    let bytes = 0;
    const counted = count(opened.read(), (length) => {
      bytes += length;
    });
    const reader = await readCsv(counted, definition.source);
    const restore = !asWritten && isErrorsCsv(reader.header) ? restoreText : null;
    const header = restore ? reader.header.map(restore) : reader.header;
    const matched = matchHeader(definition, header);
    if (!matched.ok) throw new WaybillError(matched.code, matched.message);
    const attachments = await readLookups(definition, this.#attachments);
    const check = compileRecord(definition, { header, parameters, attachments });
    this.#source = { definition, reader, check, restore, bytesRead: () => bytes };
    return { header, unknown: matched.unknown };
  }

  /** The next batch of the records after the first `done`; null after the last. */
  async nextBatch(done: number) {
    if (!this.#source) throw new Error("Records were asked for before their header was checked.");
    this.#batches ??= checkedBatches(this.#source, done);
    const next = await this.#batches.next();
    if (next.done) return null;
    this.#recent.push(next.value);
    if (this.#recent.length > limits.batchesAhead + 1) this.#recent.shift();
    const { batch } = next.value;
    return new Moved(batch, [batch.accepted.text.buffer, batch.accepted.recordNumbers.buffer]);
  }

  /** The records of a batch as they stand in the source. Only the last `batchesAhead` batches and one more are kept. */
  sourcesOf(batchNumber: number, ordinals: number[]): SourceRecord[] {
    const kept = this.#recent.find(({ batch }) => batch.number === batchNumber);
    if (!kept) throw new Error(`The records of batch ${batchNumber} are no longer kept.`);
    return ordinals.map(kept.sourceOf);
  }

  async close(): Promise<void> {
    await this.#batches?.return(undefined);
    await Promise.all(this.#opened.map((one) => one.close()));
  }

  async #openAttachments(): Promise<void> {
    const { attachments, attachmentLimits } = this.#request;
    for (const [key, file] of Object.entries(attachments)) {
      const rules = { encryption: "allowed", signature: "ignored", limits: attachmentLimits } as const;
      const opened = await this.#open(file, rules).catch((error: unknown) => {
        throw nameAttachment(error, key);
      });
      this.#attachments.set(key, opened);
    }
  }

  async #open(
    file: NamedFile,
    rules: { encryption: "none" | "allowed" | "required"; signature: "ignored" | "required"; limits: FileLimits },
  ): Promise<OpenedSource> {
    const opened = await openSource({
      name: file.name,
      read: () => this.#readFile(file),
      keys: () => this.#readKeys(),
      now: this.#request.now,
      temporaryFolder: this.#request.temporaryFolder,
      ...rules,
    });
    this.#opened.push(opened);
    return opened;
  }

  async #readKeys(): Promise<OpenPgpKeys> {
    const { readKeyRing } = await import("../file/read-key-ring.ts");
    return await readKeyRing(await this.#host.readKeys());
  }

  async *#readFile({ id, bytes }: NamedFile): AsyncGenerator<Uint8Array> {
    let left = bytes;
    for (let index = 0; left > 0; index++) {
      const chunk = await this.#host.readChunk(id, index);
      if (!chunk) throw new Error(`A chunk of the file ${id} is missing.`);
      left -= chunk.byteLength;
      yield chunk;
    }
  }
}

async function* count(bytes: AsyncIterable<Uint8Array>, read: (length: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    read(chunk.byteLength);
    yield chunk;
  }
}

function nameAttachment(error: unknown, key: string): unknown {
  if (!(error instanceof WaybillError)) return error;
  const message = `The attachment ${JSON.stringify(key)} cannot be used: ${error.message}`;
  return new WaybillError(error.code, message, error.details);
}
