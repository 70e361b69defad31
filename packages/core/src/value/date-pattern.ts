/** The parts that a date pattern can name. */
export type DatePart = "year" | "month" | "day" | "hour" | "minute" | "second" | "millisecond" | "offset";

/** The parts of a moment as the text says them; `offsetMinutes` is null where the text names no offset. */
export interface DateParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  offsetMinutes: number | null;
}

const tokens: Record<string, [part: DatePart, pattern: string]> = {
  yyyy: ["year", "(\\d{4})"],
  MM: ["month", "(\\d{2})"],
  M: ["month", "(\\d{1,2})"],
  dd: ["day", "(\\d{2})"],
  d: ["day", "(\\d{1,2})"],
  HH: ["hour", "(\\d{2})"],
  H: ["hour", "(\\d{1,2})"],
  mm: ["minute", "(\\d{2})"],
  ss: ["second", "(\\d{2})"],
  SSS: ["millisecond", "(\\d{3})"],
  XXX: ["offset", "(Z|[+-]\\d{2}:\\d{2})"],
};
const tokenPattern = /yyyy|MM|M|dd|d|HH|H|mm|ss|SSS|XXX|'([^']*)'|T|[^A-Za-z]|[A-Za-z]+/g;

/** The parts that a pattern such as `dd.MM.yyyy HH:mm` names; null when it is not a pattern. */
export function datePatternTokens(pattern: string): DatePart[] | null {
  return scan(pattern)?.parts ?? null;
}

/** Compiles a pattern to a function that reads text of exactly that form; null for any other, or a day that no calendar has. */
export function compileDatePattern(pattern: string): (text: string) => DateParts | null {
  const scanned = scan(pattern);
  if (!scanned) throw new RangeError(`${pattern} is not a date pattern.`);
  const { parts } = scanned;
  const expression = new RegExp(`^${scanned.source}$`);
  return (text) => {
    const match = expression.exec(text);
    if (!match) return null;
    const found: DateParts = { ...nothing };
    for (let index = 0; index < parts.length; index++) put(found, parts[index] as DatePart, match[index + 1] ?? "");
    return isReal(found) ? found : null;
  };
}

const nothing: DateParts = {
  year: 2000,
  month: 1,
  day: 1,
  hour: 0,
  minute: 0,
  second: 0,
  millisecond: 0,
  offsetMinutes: null,
};

function scan(pattern: string): { parts: DatePart[]; source: string } | null {
  const parts: DatePart[] = [];
  let source = "";
  for (const [piece, literal] of pattern.matchAll(tokenPattern)) {
    const token = Object.hasOwn(tokens, piece) ? tokens[piece] : undefined;
    if (token) {
      if (parts.includes(token[0])) return null;
      parts.push(token[0]);
      source += token[1];
    } else if (literal === undefined && piece !== "T" && /[A-Za-z']/.test(piece)) return null;
    else source += (literal ?? piece).replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  }
  return { parts, source };
}

function put(found: DateParts, part: DatePart, text: string): void {
  if (part === "offset") found.offsetMinutes = readOffset(text);
  else found[part] = Number(text);
}

const offsetMinutesMax = 18 * 60;

/** Minutes east of UTC; not a number where the text names more than 59 minutes of an hour. */
function readOffset(text: string): number {
  if (text === "Z") return 0;
  const minutesOfHour = Number(text.slice(4, 6));
  const minutes = minutesOfHour < 60 ? Number(text.slice(1, 3)) * 60 + minutesOfHour : Number.NaN;
  return text.startsWith("-") ? -minutes : minutes;
}

function isReal({ year, month, day, hour, minute, second, offsetMinutes }: DateParts): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return false;
  if (offsetMinutes !== null && !(Math.abs(offsetMinutes) <= offsetMinutesMax)) return false;
  return hour < 24 && minute < 60 && second < 60;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `2026-11-01` */
export function writeDate({ year, month, day }: DateParts): string {
  return `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** `13:05:00`, with milliseconds where there are any */
export function writeTime({ hour, minute, second, millisecond }: DateParts): string {
  const fraction = millisecond > 0 ? `.${String(millisecond).padStart(3, "0")}` : "";
  return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}${fraction}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
