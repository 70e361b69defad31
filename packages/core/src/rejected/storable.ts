/** Text that Postgres takes: neither NUL nor half of a character can stand in it, so signs for them do. */
export function storableText(text: string): string {
  return text.replaceAll("\0", "\u2400").toWellFormed();
}

/** The JSON of a value, each of its texts as `storableText` has it. */
export function storable(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? storableText(part) : part));
}
