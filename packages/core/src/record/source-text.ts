/**
 * Bytes that are not valid in the source's encoding come out of the reader as two noncharacters each, which no text
 * holds by itself: U+FDD0 to U+FDD7 for the high half of the byte less 8, U+FDE0 to U+FDEF for the low half.
 */
const invalidByte = /[\uFDD0-\uFDD7][\uFDE0-\uFDEF]/g;
const suspicious = /[\uFDD0-\uFDD7]|\0/;

/** Whether a text may hold bytes that were invalid, or a NUL. Quick, since nearly no text does. */
export function isSuspicious(text: string): boolean {
  return suspicious.test(text);
}

/** Whether the text holds bytes that were not valid. */
export function hasInvalidBytes(text: string): boolean {
  return text.search(invalidByte) >= 0;
}

/** The text with each invalid byte shown as `\xE9`. */
export function showInvalidBytes(text: string): string {
  return text.replace(invalidByte, (pair) => {
    const byte = ((pair.charCodeAt(0) - 0xfdd0 + 8) << 4) | (pair.charCodeAt(1) - 0xfde0);
    return `\\x${byte.toString(16).toUpperCase()}`;
  });
}

/** The two characters that stand for an invalid byte of 128 to 255. */
export function writeInvalidByte(byte: number): string {
  return String.fromCharCode(0xfdd0 + (byte >> 4) - 8, 0xfde0 + (byte & 15));
}
