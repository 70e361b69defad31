import { isArmoured, readArmour } from "./armour.ts";

/** How many bytes of a message `countSessionKeys` wants to see. */
export const sessionKeyHeadBytes = 96 * 1024;

/**
 * Counts the packets at the beginning of a PGP message that each hold a session key, up to `countMax` and one more.
 * Each costs an attempt at every private key, so they are counted before anything is decrypted. Packets of other kinds
 * may stand between them; a head so long that holds nothing of the data yet counts as one with too many.
 * @see https://www.rfc-editor.org/rfc/rfc9580#section-4.2
 */
export function countSessionKeys(head: Buffer, countMax: number): number {
  const bytes = isArmoured(head) ? readArmour(head) : head;
  let count = 0;
  let at = 0;
  while (at < bytes.length && count <= countMax) {
    const packet = readPacketHeader(bytes, at);
    if (!packet || dataTags.includes(packet.tag)) return count;
    if (sessionKeyTags.includes(packet.tag)) count++;
    at = packet.end;
  }
  return head.length < sessionKeyHeadBytes ? count : countMax + 1;
}

const sessionKeyTags = [1, 3];
/** Compressed, encrypted (9, 18, 20) and literal data. */
const dataTags = [8, 9, 11, 18, 20];

/** The kind of a packet and where the next one begins: past all bytes where its length is not known. */
function readPacketHeader(bytes: Buffer, at: number): { tag: number; end: number } | null {
  const first = bytes[at] ?? 0;
  if ((first & 0x80) === 0) return null;
  if ((first & 0x40) === 0) {
    const tag = (first >> 2) & 15;
    const lengthBytes = [1, 2, 4, 0][first & 3] ?? 0;
    if (lengthBytes === 0 || at + 1 + lengthBytes > bytes.length) return { tag, end: bytes.length };
    return { tag, end: at + 1 + lengthBytes + bytes.readUIntBE(at + 1, lengthBytes) };
  }
  const tag = first & 0x3f;
  const length = bytes[at + 1] ?? 0;
  if (length < 192) return { tag, end: at + 2 + length };
  if (length < 224) return { tag, end: at + 3 + ((length - 192) << 8) + (bytes[at + 2] ?? 0) + 192 };
  if (length < 255 || at + 6 > bytes.length) return { tag, end: bytes.length };
  return { tag, end: at + 6 + bytes.readUInt32BE(at + 2) };
}
