/**
 * What a spreadsheet might run: a text that begins with one of these signs, after any apostrophes that we put there. Plain
 * numbers are left alone, so that a spreadsheet still reads them as such.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /^'*[=+\-@\t\r]/;
const plainNumber = /^[+-]?\d+([.,]\d+)?$/;

/** The text with an apostrophe before it where a spreadsheet might run it. `restoreFormula` takes it away again. */
export function defuseFormula(text: string): string {
  return formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

/** The text that was given to `defuseFormula`. */
export function restoreFormula(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}
