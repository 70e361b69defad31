const numbers = new Intl.NumberFormat("en-US");

/** 1234567 as 1,234,567. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** ISO 8601 in UTC as local date and time; a dash when there is none. */
export function formatTime(iso: string | null): string {
  return iso === null ? "-" : new Date(iso).toLocaleString("sv-SE");
}

/** A word of a command as a shell takes it, in quotes where it needs them. */
export function shellWord(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Text from outside, with what would command a terminal shown as signs. */
export function safeText(text: string): string {
  return text.replaceAll(commands, (character) => (character === "\n" ? "\n" : writtenOut(character.charCodeAt(0))));
}

/** Control characters, and those that turn the direction of text or break its lines unseen. */
const commands = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu;

function writtenOut(code: number): string {
  const digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, "0")}` : `\\u${digits}`;
}
