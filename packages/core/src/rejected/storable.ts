/** JSON that Postgres takes: neither NUL nor half of a character can stand in its text, so signs for them do. */
export function storable(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "string" ? part.replaceAll("\0", "\u2400").toWellFormed() : part,
  );
}
