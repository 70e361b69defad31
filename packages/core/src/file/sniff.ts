/** What a layer of a file is, judged by its first bytes. */
export type Layer = "csv" | "zip" | "pgp";

/** How many bytes `sniff` wants to see. */
export const sniffBytes = 64;

/** Judges by content alone: an archive, a PGP message (binary or armoured), or else text. */
export function sniff(head: Uint8Array): Layer {
  if (head[0] === 0x50 && head[1] === 0x4b && [0x03, 0x05, 0x07].includes(head[2] ?? 0)) return "zip";
  const text = Buffer.from(head).toString("latin1").trimStart();
  if (text.startsWith("-----BEGIN PGP MESSAGE-----")) return "pgp";
  return isPgpPacket(head) ? "pgp" : "csv";
}

/**
 * Whether the first byte is the tag of a packet that can begin a message: session keys (1, 3), signatures (2, 4),
 * compressed (8), encrypted (9, 18, 20), marker (10) or literal data (11). Text never has the high bit set there but
 * for a byte-order mark or a letter beyond ASCII, which are told apart by what the body begins with. That of encrypted
 * data (9) is random, so it holds control characters, as text does not.
 * @see https://www.rfc-editor.org/rfc/rfc9580#section-4.2
 */
function isPgpPacket(head: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = head;
  if ((first & 0x80) === 0) return false;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (utf16 || (first === 0xef && second === 0xbb && third === 0xbf)) return false;
  const modern = (first & 0x40) !== 0;
  const tag = modern ? first & 0x3f : (first >> 2) & 0x0f;
  if (!messageTags.has(tag)) return false;
  if (tag === 9) return head.some(isControl);
  const version = bodyStart(head, modern);
  return versions[tag]?.includes(head[version] ?? -1) ?? true;
}

const messageTags = new Set([1, 2, 3, 4, 8, 9, 10, 11, 18, 20]);
/** What the body of a packet may begin with: a version, an algorithm, the first letter of a marker, a form of text. */
const versions: Record<number, number[]> = {
  1: [2, 3, 6],
  2: [3, 4, 6],
  3: [4, 5, 6],
  4: [3, 6],
  8: [0, 1, 2, 3],
  10: [0x50],
  11: [0x62, 0x74, 0x75, 0x6c, 0x6d],
  18: [1, 2],
  20: [1],
};

function bodyStart(head: Uint8Array, modern: boolean): number {
  const [first = 0, length = 0] = head;
  if (!modern) return 1 + ([1, 2, 4, 0][first & 3] ?? 0);
  if (length < 192 || (length >= 224 && length < 255)) return 2;
  return length < 224 ? 3 : 6;
}

function isControl(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d;
}
