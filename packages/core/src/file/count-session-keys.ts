const armourBegin = "-----BEGIN PGP MESSAGE-----";
const headBytes = 96 * 1024;

/**
 * Counts the packets at the beginning of a PGP message that each hold a session key, up to `countMax` and one more.
 * Each costs an attempt at every private key, so they are counted before anything is decrypted.
 * @see https://www.rfc-editor.org/rfc/rfc9580#section-4.2
 */
export function countSessionKeys(head: Buffer, countMax: number): number {
  const bytes = isArmoured(head) ? readArmour(head) : head;
  let count = 0;
  let at = 0;
  while (at < bytes.length && count <= countMax) {
    const packet = readPacketHeader(bytes, at);
    if (!packet || ![1, 3, 10].includes(packet.tag)) break;
    if (packet.tag !== 10) count++;
    at = packet.end;
  }
  return count;
}

/** How many bytes of a message `countSessionKeys` wants to see. */
export const sessionKeyHeadBytes = headBytes;

/** Whether the message is written as text. */
export function isArmoured(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 64)).toString("latin1").trimStart().startsWith(armourBegin);
}

function readArmour(head: Buffer): Buffer {
  const text = head.toString("latin1").replaceAll("\r\n", "\n");
  const blank = /\n[ \t]*\n/.exec(text);
  return Buffer.from(blank ? text.slice(blank.index + blank[0].length) : "", "base64");
}

function readPacketHeader(bytes: Buffer, at: number): { tag: number; end: number } | null {
  const first = bytes[at] ?? 0;
  if ((first & 0x80) === 0) return null;
  if ((first & 0x40) === 0) {
    const lengthBytes = [1, 2, 4, 0][first & 3] ?? 0;
    if (lengthBytes === 0 || at + 1 + lengthBytes > bytes.length) return null;
    return { tag: (first >> 2) & 15, end: at + 1 + lengthBytes + bytes.readUIntBE(at + 1, lengthBytes) };
  }
  const tag = first & 0x3f;
  const length = bytes[at + 1] ?? 0;
  if (length < 192) return { tag, end: at + 2 + length };
  if (length < 224) return { tag, end: at + 3 + ((length - 192) << 8) + (bytes[at + 2] ?? 0) + 192 };
  if (length < 255 || at + 6 > bytes.length) return null;
  return { tag, end: at + 6 + bytes.readUInt32BE(at + 2) };
}
