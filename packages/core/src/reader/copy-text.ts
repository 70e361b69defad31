const special = /[\\\t\n\r]/;
const specials = /[\\\t\n\r]/g;
const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/**
 * A record as one line of the text format of `COPY`; no other line feed stands in it than the one at its end.
 * @see https://www.postgresql.org/docs/current/sql-copy.html
 */
export function encodeForCopy(values: readonly (string | null)[]): string {
  let line = encodeValue(values[0] ?? null);
  for (let index = 1; index < values.length; index++) line += `\t${encodeValue(values[index] ?? null)}`;
  return `${line}\n`;
}

function encodeValue(value: string | null): string {
  if (value === null) return "\\N";
  return special.test(value) ? value.replace(specials, (character) => escapes[character] ?? character) : value;
}

/** The values of a line that `encodeForCopy` wrote. */
export function decodeFromCopy(line: string): (string | null)[] {
  return line
    .slice(0, -1)
    .split("\t")
    .map((value) => (value === "\\N" ? null : value.replace(/\\(.)/g, (_, sign: string) => unescaped[sign] ?? sign)));
}

const unescaped: Record<string, string> = { t: "\t", n: "\n", r: "\r" };
