import type { Field } from "../definition/definition.ts";
import { compileDatePattern, writeDate, writeTime } from "../value/date-pattern.ts";
import { compareDecimals, type DecimalParts, readDecimal, writeDecimal } from "../value/decimal.ts";
import { toUtc } from "../value/local-time.ts";
import { type Complain, compileTextChecks, type ValueChecker } from "./text-checks.ts";

/** Compiles the type and rules of a field. `timeZone` is meant where a timestamp names no offset. */
export function compileValueChecker(field: Field, timeZone: string): ValueChecker {
  switch (field.type) {
    case "text":
      return compileTextChecks(field);
    case "choice":
      return choiceChecker(field);
    case "integer":
      return integerChecker(field);
    case "decimal":
      return decimalChecker(field);
    case "boolean":
      return booleanChecker(field);
    case "date":
      return dateChecker(field);
    case "time":
      return timeChecker(field);
    case "timestamp":
      return timestampChecker(field, timeZone);
  }
}

function choiceChecker({ name, choices = [] }: Field): ValueChecker {
  const known = new Set(choices);
  const list = choices.slice(0, 10).join(", ");
  return (text, complain) => {
    if (!known.has(text))
      complain("not_a_choice", `${name} must be one of: ${list}${choices.length > 10 ? ", ..." : ""}.`);
    return text;
  };
}

const integerPattern = /^[+-]?\d+$/;
const bigintMin = readDecimal("-9223372036854775808") as DecimalParts;
const bigintMax = readDecimal("9223372036854775807") as DecimalParts;
const safeDigits = 15;

function integerChecker(field: Field): ValueChecker {
  const check = boundsChecker(field, bigintMin, bigintMax);
  const bounded = field.min !== undefined || field.max !== undefined;
  return (text, complain) => {
    if (!integerPattern.test(text)) {
      complain("not_an_integer", `${field.name} must be a whole number.`);
      return text;
    }
    const parts = readDecimal(text) as DecimalParts;
    if (bounded || parts.whole.length > safeDigits) check(parts, complain);
    return writeDecimal(parts);
  };
}

function decimalChecker(field: Field): ValueChecker {
  const { name, scale, precision } = field;
  const bounded = field.min !== undefined || field.max !== undefined;
  const check = boundsChecker(field);
  return (text, complain) => {
    const parts = readDecimal(text);
    if (!parts) {
      complain("not_a_decimal", `${name} must be a number such as 1234.56.`);
      return text;
    }
    if (scale !== undefined && significant(parts.fraction).length > scale) {
      complain("scale_exceeded", `${name} may have at most ${scale} digits after the point.`);
    }
    const fraction = scale === undefined ? parts.fraction : parts.fraction.slice(0, scale).padEnd(scale, "0");
    const wholeDigits = parts.whole === "0" ? 0 : parts.whole.length;
    if (precision !== undefined && wholeDigits + significant(parts.fraction).length > precision) {
      complain("precision_exceeded", `${name} may have at most ${precision} digits.`);
    }
    if (bounded) check(parts, complain);
    return writeDecimal({ ...parts, fraction });
  };
}

function significant(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === "0") end--;
  return fraction.slice(0, end);
}

function boundsChecker({ name, min, max }: Field, lowest?: DecimalParts, highest?: DecimalParts) {
  const least = min === undefined ? lowest : (readDecimal(String(min)) ?? undefined);
  const most = max === undefined ? highest : (readDecimal(String(max)) ?? undefined);
  return (parts: DecimalParts, complain: Complain) => {
    if (least && compareDecimals(parts, least) < 0)
      complain("below_min", `${name} must be at least ${writeDecimal(least)}.`);
    if (most && compareDecimals(parts, most) > 0)
      complain("above_max", `${name} must be at most ${writeDecimal(most)}.`);
  };
}

const booleans = new Map([
  ...["true", "t", "yes", "y", "1"].map((text) => [text, "true"] as const),
  ...["false", "f", "no", "n", "0"].map((text) => [text, "false"] as const),
]);

function booleanChecker({ name }: Field): ValueChecker {
  return (text, complain) => {
    const value = booleans.get(text) ?? booleans.get(text.toLowerCase());
    if (value === undefined) complain("not_a_boolean", `${name} must be true or false (or yes, no, 1, 0).`);
    return value ?? text;
  };
}

const isoDate = "yyyy-MM-dd";

function dateChecker({ name, format = isoDate, min, max }: Field): ValueChecker {
  const read = compileDatePattern(format);
  return (text, complain) => {
    const parts = read(text);
    if (!parts) {
      complain("not_a_date", `${name} must be a date of the form ${format}.`);
      return text;
    }
    const date = format === isoDate ? text : writeDate(parts);
    if (min !== undefined && date < String(min)) complain("below_min", `${name} must not be before ${min}.`);
    if (max !== undefined && date > String(max)) complain("above_max", `${name} must not be after ${max}.`);
    return date;
  };
}

function timeChecker({ name, format }: Field): ValueChecker {
  const readers = (format ? [format] : ["HH:mm:ss", "HH:mm", "HH:mm:ss.SSS"]).map(compileDatePattern);
  return (text, complain) => {
    for (const read of readers) {
      const parts = read(text);
      if (parts) return writeTime(parts);
    }
    complain("not_a_time", `${name} must be a time of day of the form ${format ?? "HH:mm:ss"}.`);
    return text;
  };
}

const isoTimestamps = ["T", " "].flatMap((between) =>
  ["HH:mm:ssXXX", "HH:mm:ss", "HH:mm:ss.SSSXXX", "HH:mm:ss.SSS", "HH:mmXXX", "HH:mm"].map(
    (time) => `yyyy-MM-dd${between}${time}`,
  ),
);

function timestampChecker({ name, format, timeZone: own }: Field, timeZone: string): ValueChecker {
  const readers = (format ? [format] : isoTimestamps).map(compileDatePattern);
  return (text, complain) => {
    for (const read of readers) {
      const parts = read(text);
      if (parts) return toUtc(parts, own ?? timeZone);
    }
    complain("not_a_timestamp", `${name} must be a date with a time of the form ${format ?? "yyyy-MM-ddTHH:mm:ssZ"}.`);
    return text;
  };
}
