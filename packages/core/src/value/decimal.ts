/** A number taken apart into its sign and digits, without leading zeros; exact, whatever its length. */
export interface DecimalParts {
  negative: boolean;
  whole: string;
  fraction: string;
}

/** Reads plain notation such as `-12.50`; null for anything else. */
export function readDecimal(text: string): DecimalParts | null {
  const signed = text.startsWith("-") || text.startsWith("+");
  const from = signed ? 1 : 0;
  const point = endOfDigits(text, from);
  if (point === from) return null;
  const end = text[point] === "." ? endOfDigits(text, point + 1) : point;
  if (end !== text.length || end === point + 1) return null;
  let first = from;
  while (first < point - 1 && text[first] === "0") first++;
  const whole = text.slice(first, point);
  const fraction = text.slice(point + 1);
  const negative = signed && text[0] === "-" && !(whole === "0" && /^0*$/.test(fraction));
  return { negative, whole, fraction };
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** `-12.50` */
export function writeDecimal({ negative, whole, fraction }: DecimalParts): string {
  const digits = fraction === "" ? whole : `${whole}.${fraction}`;
  return negative ? `-${digits}` : digits;
}

/** `1.50` and `1.500` as `1.5`, `2.0` as `2`: numbers that are equal read alike. Takes what `writeDecimal` gives. */
export function withoutTrailingZeros(text: string): string {
  if (!text.includes(".")) return text;
  let end = text.length;
  while (text[end - 1] === "0") end--;
  return text.slice(0, text[end - 1] === "." ? end - 1 : end);
}

/** Below zero, zero or above zero, as `a` is less than, equal to or more than `b`. */
export function compareDecimals(a: DecimalParts, b: DecimalParts): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const larger = compareDigits(a, b);
  return a.negative ? -larger : larger;
}

function compareDigits(a: DecimalParts, b: DecimalParts): number {
  if (a.whole.length !== b.whole.length) return a.whole.length - b.whole.length;
  if (a.whole !== b.whole) return a.whole < b.whole ? -1 : 1;
  const length = Math.max(a.fraction.length, b.fraction.length);
  const left = a.fraction.padEnd(length, "0");
  const right = b.fraction.padEnd(length, "0");
  return left === right ? 0 : left < right ? -1 : 1;
}
