const special = /[\\\t\n\r]/;
const specials = /[\\\t\n\r]/g;
const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/**
 * Rows as the text format of `COPY`, each led by its ordinal.
 * @see https://www.postgresql.org/docs/current/sql-copy.html
 */
export function encodeForCopy(rows: (string | null)[][]): string {
  let text = "";
  for (let ordinal = 0; ordinal < rows.length; ordinal++) {
    text += ordinal;
    for (const value of rows[ordinal] ?? []) text += `\t${encodeValue(value)}`;
    text += "\n";
  }
  return text;
}

function encodeValue(value: string | null): string {
  if (value === null) return "\\N";
  return special.test(value) ? value.replace(specials, (character) => escapes[character] ?? character) : value;
}
