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
  return scan(pattern)?.pieces.flatMap(({ part }) => part ?? []) ?? null;
}

/** Compiles a pattern to a function that reads text of exactly that form; null for any other, or a day that no calendar has. */
export function compileDatePattern(pattern: string): (text: string) => DateParts | null {
  const scanned = scan(pattern);
  if (!scanned) throw new RangeError(`${pattern} is not a date pattern.`);
  const read = scanned.fixed ? fixedReader(scanned.pieces) : matchingReader(scanned);
  return (text) => {
    const found: DateParts = { ...nothing };
    return read(text, found) && isReal(found) ? found : null;
  };
}

/** Puts what a text says into `found`; gives false when it has another form. */
type PartsReader = (text: string, found: DateParts) => boolean;

function matchingReader({ pieces, source }: ScannedPattern): PartsReader {
  const expression = new RegExp(`^${source}$`);
  const parts = pieces.flatMap(({ part }) => part ?? []);
  return (text, found) => {
    const match = expression.exec(text);
    if (!match) return false;
    for (let index = 0; index < parts.length; index++) put(found, parts[index] as DatePart, match[index + 1] ?? "");
    return true;
  };
}

/** Where every part has as many digits as its letters, each stands at a place of its own. */
function fixedReader(pieces: PatternPiece[]): PartsReader {
  const length = pieces.reduce((sum, { text }) => sum + text.length, 0);
  return (text, found) => {
    if (text.length !== length) return false;
    let at = 0;
    for (const piece of pieces) {
      if (piece.part === null) {
        if (!text.startsWith(piece.text, at)) return false;
      } else {
        const value = readDigits(text, at, piece.text.length);
        if (value < 0) return false;
        put(found, piece.part, value);
      }
      at += piece.text.length;
    }
    return true;
  };
}

/** -1 where not all of them are digits. */
function readDigits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
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

/** A part by the letters that name it, or text that stands for itself. */
interface PatternPiece {
  part: DatePart | null;
  text: string;
}

interface ScannedPattern {
  pieces: PatternPiece[];
  /** Of the regular expression that the pattern means. */
  source: string;
  /** Whether every text of the form is equally long. */
  fixed: boolean;
}

const fixedTokens = ["yyyy", "MM", "dd", "HH", "mm", "ss", "SSS"];

function scan(pattern: string): ScannedPattern | null {
  const pieces: PatternPiece[] = [];
  let source = "";
  let fixed = true;
  for (const [piece, literal] of pattern.matchAll(tokenPattern)) {
    const token = Object.hasOwn(tokens, piece) ? tokens[piece] : undefined;
    if (token) {
      if (pieces.some(({ part }) => part === token[0])) return null;
      pieces.push({ part: token[0], text: piece });
      source += token[1];
      fixed &&= fixedTokens.includes(piece);
    } else if (literal === undefined && piece !== "T" && /[A-Za-z']/.test(piece)) return null;
    else {
      pieces.push({ part: null, text: literal ?? piece });
      source += (literal ?? piece).replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    }
  }
  return { pieces, source, fixed };
}

function put(found: DateParts, part: DatePart, given: string | number): void {
  if (part === "offset") found.offsetMinutes = readOffset(String(given));
  else found[part] = Number(given);
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
