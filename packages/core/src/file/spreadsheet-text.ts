/**
 * What a spreadsheet might run: a text that begins with one of these signs, unless it is a plain number.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /^[=+\-@\t\r]/;
const plainNumber = /^[+-]?\d+([.,]\d+)?$/;

/** What a spreadsheet takes for a number, and writes otherwise than it was: 007 as 7, 1.50 as 1.5, 20 digits as 1E+19. */
const numeric = /^[+-]?\d+([.,]\d+)?(e[+-]?\d+)?$/i;
const writtenAsItWas = /^(0|-?[1-9]\d{0,9}|-?0(?=\.))(\.\d{0,4}[1-9])?$/;

/**
 * The text with an apostrophe before it where a spreadsheet might run it, or spoil it by taking it for a number; of a
 * column that `holdsNumbers` only where it might run it. `restoreText` takes the apostrophe away again.
 */
export function protectText(text: string, holdsNumbers: boolean): string {
  const bare = text.replace(/^'+/, "");
  const spoiled = isNumberSpoiled(bare) && !(holdsNumbers && bare === text);
  return isRun(bare) || isMarked(text, bare) || spoiled ? `'${text}` : text;
}

/** The text that was given to `protectText`. */
export function restoreText(text: string): string {
  return isMarked(text, text.replace(/^'+/, "")) ? text.slice(1) : text;
}

/** Whether the text has an apostrophe that may be ours. */
function isMarked(text: string, bare: string): boolean {
  return text !== bare && (isRun(bare) || isNumberSpoiled(bare) || formula.test(bare));
}

function isRun(bare: string): boolean {
  return formula.test(bare) && !plainNumber.test(bare);
}

function isNumberSpoiled(bare: string): boolean {
  return numeric.test(bare) && !writtenAsItWas.test(bare);
}
