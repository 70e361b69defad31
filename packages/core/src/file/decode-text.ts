import { isUtf8 } from "node:buffer";
import { writeInvalidByte } from "../record/source-text.ts";

/** Turns bytes into text as they come; the text's first characters tell which encoding it is. */
export interface TextDecoding {
  write(bytes: Uint8Array): string;
  end(): string;
}

/**
 * Decodes UTF-8, with or without a byte-order mark, and UTF-16 with one. A byte that is not valid becomes a mark that
 * no text can hold (`writeInvalidByte`), so that it is found again in the record where it stands.
 */
export function decodeText(): TextDecoding {
  let held: Buffer = Buffer.alloc(0);
  let decode: ((bytes: Buffer, last: boolean) => Decoded) | undefined;
  const take = (bytes: Uint8Array, last: boolean): string => {
    let all = held.length > 0 ? Buffer.concat([held, bytes]) : asBuffer(bytes);
    if (!decode) {
      if (all.length < 3 && !last) {
        held = all;
        return "";
      }
      const mark = byteOrderMark(all);
      decode = mark.decode;
      all = all.subarray(mark.bytes);
    }
    const { text, used } = decode(all, last);
    held = all.subarray(used);
    return text;
  };
  return { write: (bytes) => take(bytes, false), end: () => take(Buffer.alloc(0), true) };
}

interface Decoded {
  text: string;
  used: number;
}

function byteOrderMark(head: Buffer): { bytes: number; decode: (bytes: Buffer, last: boolean) => Decoded } {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { bytes: 3, decode: decodeUtf8 };
  if (first === 0xff && second === 0xfe) return { bytes: 2, decode: (bytes, last) => decodeUtf16(bytes, last, false) };
  if (first === 0xfe && second === 0xff) return { bytes: 2, decode: (bytes, last) => decodeUtf16(bytes, last, true) };
  return { bytes: 0, decode: decodeUtf8 };
}

function decodeUtf8(bytes: Buffer, last: boolean): Decoded {
  const used = last ? bytes.length : bytes.length - unfinishedBytes(bytes);
  const whole = bytes.subarray(0, used);
  return { text: isUtf8(whole) ? whole.toString("utf8") : markInvalid(whole), used };
}

/** How many bytes at the end begin a character that the next bytes may finish. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return byte >= 0xc0 && sequenceBytes(byte) > back ? back : 0;
  }
  return 0;
}

function sequenceBytes(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

function markInvalid(bytes: Buffer): string {
  let text = "";
  let valid = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceBytes(bytes[at] ?? 0);
    if (length === 1 || (length > 1 && isUtf8(bytes.subarray(at, at + length)) && at + length <= bytes.length)) {
      at += length;
      continue;
    }
    text += bytes.toString("utf8", valid, at) + writeInvalidByte(bytes[at] ?? 0);
    valid = ++at;
  }
  return text + bytes.toString("utf8", valid);
}

function decodeUtf16(bytes: Buffer, last: boolean, bigEndian: boolean): Decoded {
  const even = bytes.length - (bytes.length % 2);
  const units = Buffer.from(bytes.subarray(0, even));
  if (bigEndian) units.swap16();
  const highAtEnd = even > 0 && ((units[even - 1] ?? 0) & 0xfc) === 0xd8;
  const used = !last && highAtEnd ? even - 2 : even;
  const text = units.toString("utf16le", 0, used);
  const marked = text.isWellFormed() ? text : text.replace(loneSurrogates, markSurrogate);
  const odd = last ? bytes.subarray(even) : [];
  return {
    text: marked + Array.from(odd, (byte) => writeInvalidByte(byte | 0x80)).join(""),
    used: last ? bytes.length : used,
  };
}

const loneSurrogates = /\p{Surrogate}/gu;

function markSurrogate(unit: string): string {
  const code = unit.charCodeAt(0);
  return writeInvalidByte(code >> 8) + writeInvalidByte((code & 0xff) | 0x80);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
