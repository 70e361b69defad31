import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import yauzl from "yauzl";
import { WaybillError } from "../errors.ts";
import type { Spooled } from "./spool.ts";

/** The one data file that a zip holds; its bytes are checked against the archive's sums as they are read. */
export interface ZipContent {
  name: string;
  /** What the archive says that it expands to; at most so much comes out before it turns out to be damaged. */
  declaredBytes: number;
  read(): AsyncGenerator<Uint8Array>;
}

const entriesMax = 10_000;
const namesListed = 10;

/**
 * Finds the one data file of an archive. Throws `zip_damaged`, `zip_encrypted`, `zip_method_unsupported`,
 * `zip_path_climbs`, `zip_no_data_file` or `zip_several_data_files`.
 */
export async function openZip(name: string, spooled: Spooled): Promise<ZipContent> {
  const archive = await openArchive(name, spooled);
  const entries = await listEntries(name, archive);
  const data = entries.filter((entry) => !entry.fileName.endsWith("/") && !isCompanion(entry.fileName));
  const [entry] = data;
  if (!entry)
    throw new WaybillError("zip_no_data_file", `The archive ${quote(name)} holds no data file. Put one .csv in it.`);
  if (data.length > 1) throw several(name, data);
  checkCanBeRead(name, entry);
  return { name: entry.fileName, declaredBytes: entry.uncompressedSize, read: () => readEntry(name, archive, entry) };
}

class SpoolReader extends yauzl.RandomAccessReader {
  readonly spooled: Spooled;

  constructor(spooled: Spooled) {
    super();
    this.spooled = spooled;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return this.spooled.readRange(start, end);
  }
}

async function openArchive(name: string, spooled: Spooled): Promise<yauzl.ZipFile> {
  return await new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
    yauzl.fromRandomAccessReader(new SpoolReader(spooled), spooled.bytes, options, (error, archive) => {
      if (error) reject(damaged(name, error));
      else resolve(archive);
    });
  });
}

async function listEntries(name: string, archive: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  return await new Promise((resolve, reject) => {
    const entries: yauzl.Entry[] = [];
    archive.on("error", (error) => reject(faultOf(name, error)));
    archive.on("end", () => resolve(entries));
    archive.on("entry", (entry: yauzl.Entry) => {
      entries.push(entry);
      if (entries.length > entriesMax) reject(damaged(name, new Error(`it has more than ${entriesMax} entries`)));
      else archive.readEntry();
    });
    archive.readEntry();
  });
}

function checkCanBeRead(name: string, entry: yauzl.Entry): void {
  if (isSymbolicLink(entry)) {
    const message = `The archive ${quote(name)} holds no data file: ${quote(entry.fileName)} is only a symbolic link to one. Make it anew with the file itself.`;
    throw new WaybillError("zip_no_data_file", message);
  }
  if (entry.isEncrypted()) {
    const message = `The archive ${quote(name)} is protected by a password, which Waybill cannot open. Send it without one, or encrypt it with PGP.`;
    throw new WaybillError("zip_encrypted", message);
  }
  if (!entry.canDecodeFileData()) {
    const message = `The file ${quote(entry.fileName)} in the archive ${quote(name)} is compressed in a way that Waybill cannot read (method ${entry.compressionMethod}). Make the archive anew with the method Deflate.`;
    throw new WaybillError("zip_method_unsupported", message);
  }
}

/** The highest four bits of the attributes are the kind of file, where the archive was made under Unix. */
function isSymbolicLink(entry: yauzl.Entry): boolean {
  return entry.externalFileAttributes >>> 28 === 0xa;
}

async function* readEntry(name: string, archive: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Uint8Array> {
  let sum = 0;
  try {
    const stream = await new Promise<Readable>((resolve, reject) => {
      archive.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
    });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    throw damaged(name, error);
  }
  if (sum !== entry.crc32) throw damaged(name, new Error("its checksum does not match its content"));
}

/** What the file managers of Mac and Windows add of their own accord. */
function isCompanion(path: string): boolean {
  return /^__MACOSX\/|(^|\/)(\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(path);
}

function faultOf(name: string, error: Error): WaybillError {
  if (!/absolute path|invalid relative path/i.test(error.message)) return damaged(name, error);
  const message = `The archive ${quote(name)} holds a file whose path leaves the archive. Make it anew from the data file alone.`;
  return new WaybillError("zip_path_climbs", message);
}

function several(name: string, data: yauzl.Entry[]): WaybillError {
  const names = data.slice(0, namesListed).map((entry) => quote(entry.fileName));
  const more = data.length > namesListed ? ` and ${data.length - namesListed} more` : "";
  const message = `The archive ${quote(name)} must hold exactly one data file; it holds ${data.length}: ${names.join(", ")}${more}. Send each in an archive of its own.`;
  return new WaybillError("zip_several_data_files", message);
}

function damaged(name: string, error: unknown): WaybillError {
  if (error instanceof WaybillError) return error;
  const reason = error instanceof Error ? error.message : "unreadable";
  return new WaybillError(
    "zip_damaged",
    `The archive ${quote(name)} is damaged (${reason}). Make it again and send it once more.`,
  );
}

function quote(text: string): string {
  return JSON.stringify(text);
}
