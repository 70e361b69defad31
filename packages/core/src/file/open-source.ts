import { WaybillError } from "../errors.ts";
import { type FileLimits, limits } from "../limits.ts";
import { checkFileName, type FileEnding, tooLarge } from "./check-name.ts";
import { checkSignature } from "./check-signature.ts";
import type { FileSignature } from "./judge-signature.ts";
import { limitBytes } from "./limit-bytes.ts";
import { countReads, limitExpansion } from "./limit-expansion.ts";
import type { OpenPgpKeys } from "./open-pgp.ts";
import { openZip } from "./open-zip.ts";
import { type Layer, sniff } from "./sniff.ts";
import { type Spooled, spool } from "./spool.ts";

/** A source as it was sent, and what the definition and the server ask of it. */
export interface SourceToOpen {
  name: string;
  read: () => AsyncIterable<Uint8Array>;
  encryption: "none" | "allowed" | "required";
  signature: "ignored" | "required";
  limits: FileLimits;
  /** Asked for only when a layer of PGP is met. */
  keys: () => Promise<OpenPgpKeys>;
  /** When it is opened; signatures are judged by it. */
  now: Date;
  /** Where opened layers stand, encrypted, while they are needed. */
  temporaryFolder: string;
}

/** A source whose layers are all opened and proven whole: sums, integrity and signature. Close it after use. */
export interface OpenedSource {
  /** Outermost first, such as `["pgp", "zip", "csv"]`. */
  layers: Layer[];
  csvName: string;
  /** The size of the CSV. */
  bytes: number;
  signedBy: FileSignature | null;
  read(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Opens a source down to its CSV. Throws the fault of the file; then nothing of it remains on disk. */
export async function openSource(source: SourceToOpen): Promise<OpenedSource> {
  checkFileName(source.name);
  const opening = new Opening(source);
  try {
    await opening.spool(source.name, source.read(), largestStored(source.limits), () =>
      tooLarge(source.name, largestStored(source.limits), false),
    );
    while (opening.identify() !== "csv") await opening.openLayer();
    return opening.finish();
  } catch (error) {
    await opening.close();
    throw error;
  }
}

/** A source on its way from its outermost layer to its CSV. */
class Opening {
  readonly #source: SourceToOpen;
  readonly #layers: Layer[] = [];
  #name = "";
  #spooled: Spooled | undefined;
  #encrypted = false;
  #signedBy: FileSignature | null = null;

  constructor(source: SourceToOpen) {
    this.#source = source;
  }

  /** Takes the bytes of the next layer in, in place of those it came out of. */
  async spool(name: string, bytes: AsyncIterable<Uint8Array>, bytesMax: number, fault: () => Error): Promise<void> {
    const spooled = await spool(limitBytes(bytes, bytesMax, fault), this.#source.temporaryFolder);
    await this.#spooled?.close();
    this.#spooled = spooled;
    this.#name = name;
  }

  /** Says what the current bytes are, and that their name agrees. */
  identify(): Layer {
    const spooled = this.#current();
    if (spooled.bytes === 0)
      throw new WaybillError(
        "file_empty",
        `The file ${quote(this.#name)} is empty. Send a file that has a header row.`,
      );
    const layer = sniff(spooled.head);
    checkClaim(this.#name, layer);
    this.#layers.push(layer);
    if (layer !== "csv" && this.#layers.length >= limits.fileLayersMax) {
      const message = `The file ${quote(this.#source.name)} has more than ${limits.fileLayersMax} layers (${this.#layers.join(", ")}, ...). Pack it fewer times.`;
      throw new WaybillError("file_layers_too_deep", message);
    }
    if (layer !== "zip" && !this.#layers.includes("zip")) this.#checkPlainSize(spooled.bytes);
    return layer;
  }

  async openLayer(): Promise<void> {
    if (this.#layers.at(-1) === "zip") await this.#openZip();
    else await this.#openPgp();
  }

  finish(): OpenedSource {
    const { encryption, signature, name } = this.#source;
    if (encryption === "required" && !this.#encrypted) {
      const message = `The file ${quote(name)} is not encrypted, and this integration takes only encrypted files. Encrypt it for Waybill's public key ('npx waybill keys export').`;
      throw new WaybillError("file_encryption_required", message);
    }
    if (signature === "required") checkSignature(name, this.#signedBy);
    const spooled = this.#current();
    return {
      layers: this.#layers,
      csvName: this.#name,
      bytes: spooled.bytes,
      signedBy: this.#signedBy,
      read: () => spooled.read(),
      close: () => spooled.close(),
    };
  }

  async close(): Promise<void> {
    await this.#spooled?.close();
  }

  async #openZip(): Promise<void> {
    const { limits: fileLimits } = this.#source;
    const name = this.#name;
    const layer = countReads(this.#current());
    const content = await openZip(name, layer);
    const inner = checkInnerName(content.name);
    if (content.declaredBytes > fileLimits.expandedBytesMax) throw expandsTooFar(name, fileLimits.expandedBytesMax);
    const expanded = limitExpansion(content.read(), layer, () => expandsTooQuickly(name));
    await this.spool(inner, expanded, fileLimits.expandedBytesMax, () =>
      expandsTooFar(name, fileLimits.expandedBytesMax),
    );
  }

  async #openPgp(): Promise<void> {
    const { encryption, keys, now, limits: fileLimits } = this.#source;
    const inZip = this.#layers.includes("zip");
    const bytesMax = inZip ? fileLimits.expandedBytesMax : largestStored(fileLimits);
    const name = this.#name;
    const layer = countReads(this.#current());
    // OpenPGP.js is large, and most files need none of it.
    const { openPgp } = await import("./open-pgp.ts");
    const content = await openPgp(name, layer, {
      keys: await keys(),
      now,
      bytesMax: fileLimits.expandedBytesMax,
    });
    if (content.encrypted && encryption === "none") {
      throw new WaybillError(
        "file_encryption_refused",
        `The file ${quote(name)} is encrypted, and this integration takes only plain files.`,
      );
    }
    const expanded = limitExpansion(content.read(), layer, () => expandsTooQuickly(name));
    await this.spool(withoutEnding(name), expanded, bytesMax, () => expandsTooFar(name, bytesMax));
    this.#encrypted ||= content.encrypted;
    this.#signedBy ??= await content.signature();
  }

  #checkPlainSize(bytes: number): void {
    const { sourceBytesMax } = this.#source.limits;
    const mayHoldZip = this.#layers.at(-1) === "pgp";
    if (bytes > sourceBytesMax && !mayHoldZip) throw tooLarge(this.#name, sourceBytesMax, true);
  }

  #current(): Spooled {
    if (!this.#spooled) throw new Error("A layer was asked for before its bytes were taken in.");
    return this.#spooled;
  }
}

const layerOfEnding: Record<FileEnding, Layer> = { ".csv": "csv", ".zip": "zip", ".pgp": "pgp", ".gpg": "pgp" };
const layerNames: Record<Layer, string> = { csv: "text (CSV)", zip: "a zip archive", pgp: "a PGP message" };

/** A name may claim nothing, as `people` that came out of `people.pgp` does; what it claims must be so. */
function checkClaim(name: string, layer: Layer): void {
  const ending = Object.keys(layerOfEnding).find((one) => name.toLowerCase().endsWith(one)) as FileEnding | undefined;
  if (!ending || layerOfEnding[ending] === layer) return;
  const message = `The file ${quote(name)} ends in ${ending}, but its content is ${layerNames[layer]}. Rename it, or send the file that was meant.`;
  throw new WaybillError("file_ending_disagrees", message, { ending, content: layer });
}

function checkInnerName(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  checkFileName(name);
  return name;
}

function largestStored({ sourceBytesMax, zipBytesMax }: FileLimits): number {
  return Math.max(sourceBytesMax, zipBytesMax);
}

function expandsTooFar(name: string, bytesMax: number): WaybillError {
  const message = `The file ${quote(name)} expands to more than ${bytesMax} bytes, the most that is allowed. Split it.`;
  return new WaybillError("file_expands_too_far", message, { bytesMax });
}

function expandsTooQuickly(name: string): WaybillError {
  const message = `The file ${quote(name)} expands to more than ${limits.expansionRatioMax} times its size, as no table of records does. Send the file that was meant.`;
  return new WaybillError("file_expands_too_far", message, { expansionRatioMax: limits.expansionRatioMax });
}

function withoutEnding(name: string): string {
  return name.replace(/\.(pgp|gpg)$/i, "");
}

function quote(text: string): string {
  return JSON.stringify(text);
}
