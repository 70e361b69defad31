const numbers = new Intl.NumberFormat("en-US");

/** 1234567 as 1,234,567. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** ISO 8601 in UTC as local date and time; a dash when there is none. */
export function formatTime(iso: string | null): string {
  return iso === null ? "-" : new Date(iso).toLocaleString("sv-SE");
}

/** The time between two ISO 8601 moments, such as `350 ms`, `4.2 s` or `3 min 20 s`; a dash while one is missing. */
export function formatDuration(from: string | null, to: string | null): string {
  if (from === null || to === null) return "-";
  const milliseconds = Date.parse(to) - Date.parse(from);
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
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
