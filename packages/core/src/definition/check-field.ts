import { RE2JS } from "re2js";
import { type DatePart, datePatternTokens } from "../value/date-pattern.ts";
import { boundedTypes, checkBounds, type RuleFault } from "./check-bounds.ts";
import { type FieldType, textFormats } from "./names.ts";
import type { PathFault, Raw } from "./raw-document.ts";
import { isTimeZone } from "./time-zone.ts";

/** Rules that fit only some types of field. */
const fitting: Record<string, FieldType[]> = {
  minLength: ["text"],
  maxLength: ["text"],
  pattern: ["text"],
  format: ["text", "date", "time", "timestamp"],
  scale: ["decimal"],
  precision: ["decimal"],
  min: boundedTypes,
  max: boundedTypes,
  choices: ["choice"],
  timeZone: ["timestamp"],
};

/** What describes how a column is read, and so has no place beside a value that is not read. */
const ofColumns = ["column", "optionalColumn", "default", "transform", "format", "references"];

/** Every rule of a field that does not fit its type or another rule. */
export function checkField(field: Raw): PathFault[] {
  const faults: PathFault[] = [];
  const fault: RuleFault = (rule, message) => faults.push({ path: [rule], message });
  checkFitting(field, fault);
  checkName(field.name, fault);
  if (field.type === "choice" && field.choices === undefined)
    fault("choices", "is missing: a choice needs the values to choose from");
  checkOrder(field, "minLength", "maxLength", fault);
  checkOrder(field, "scale", "precision", fault);
  const bounded = boundedTypes.find((type) => type === field.type);
  if (bounded) checkBounds(bounded, field.min, field.max, fault);
  checkFormat(field, fault);
  if (typeof field.pattern === "string") checkPattern(field.pattern, fault);
  if (typeof field.timeZone === "string" && !isTimeZone(field.timeZone))
    fault("timeZone", "is not an IANA time zone, such as Europe/Berlin");
  if (field.required === true && field.optionalColumn === true)
    fault("optionalColumn", "contradicts required: a column that may be missing leaves the field empty");
  return faults;
}

function checkFitting(field: Raw, fault: RuleFault): void {
  for (const [rule, types] of Object.entries(fitting)) {
    if (field[rule] === undefined || types.some((type) => type === field.type)) continue;
    fault(rule, `does not fit a field of type ${field.type}; it is for ${types.join(", ")}`);
  }
  if (field.value === undefined) return;
  for (const rule of ofColumns) {
    if (field[rule] !== undefined)
      fault(rule, "does not fit a field with a value of its own, which is not read from a column");
  }
}

/** @see https://www.postgresql.org/docs/current/ddl-system-columns.html */
const systemColumns = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

function checkName(name: unknown, fault: RuleFault): void {
  if (typeof name !== "string" || !(systemColumns.includes(name) || name.startsWith("waybill_"))) return;
  fault("name", `${name} is a name that Waybill or its database keeps for itself; choose another`);
}

function checkOrder(field: Raw, lower: string, upper: string, fault: RuleFault): void {
  const [low, high] = [field[lower], field[upper]];
  if (typeof low === "number" && typeof high === "number" && low > high)
    fault(lower, `is ${low}, above ${upper}, which is ${high}`);
}

const neededParts: Record<string, readonly DatePart[]> = {
  date: ["year", "month", "day"],
  time: ["hour", "minute"],
  timestamp: ["year", "month", "day", "hour", "minute"],
};

function checkFormat({ type, format }: Raw, fault: RuleFault): void {
  if (typeof format !== "string") return;
  if (type === "text" && !(textFormats as readonly string[]).includes(format))
    fault("format", `must be one of ${textFormats.join(", ")}`);
  const needed = neededParts[String(type)];
  if (!needed) return;
  const parts = datePatternTokens(format);
  if (!parts) fault("format", "is not a pattern made of yyyy, MM, M, dd, d, HH, H, mm, ss, SSS, XXX and signs");
  else if (needed.some((part) => !parts.includes(part)))
    fault("format", `must name ${needed.join(", ")}, such as yyyy-MM-dd`);
}

/** Patterns are run by an engine whose time grows with the text alone, whatever the pattern. */
function checkPattern(pattern: string, fault: RuleFault): void {
  try {
    RE2JS.compile(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : "unreadable";
    fault(
      "pattern",
      `is not a regular expression in RE2 syntax, which has no lookaround and no back references (${reason})`,
    );
  }
}
