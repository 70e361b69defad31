/** A number taken apart into its sign and digits, without leading zeros; exact, whatever its length. */
export interface DecimalParts {
  negative: boolean;
  whole: string;
  fraction: string;
}

const decimalPattern = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Reads plain notation such as `-12.50`; null for anything else. */
export function readDecimal(text: string): DecimalParts | null {
  const match = decimalPattern.exec(text);
  if (!match) return null;
  const whole = (match[2] as string).replace(/^0+(?=\d)/, "");
  const fraction = match[3] ?? "";
  const zero = whole === "0" && /^0*$/.test(fraction);
  return { negative: match[1] === "-" && !zero, whole, fraction };
}

/** `-12.50` */
export function writeDecimal({ negative, whole, fraction }: DecimalParts): string {
  const digits = fraction === "" ? whole : `${whole}.${fraction}`;
  return negative ? `-${digits}` : digits;
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
