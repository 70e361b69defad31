import type { z } from "zod";
import { type DatePart, datePatternTokens } from "../value/date-pattern.ts";
import { type FieldType, type ParameterType, textFormats } from "./names.ts";

interface FieldRules {
  type: FieldType;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  min?: number | string;
  max?: number | string;
  scale?: number;
  precision?: number;
  choices?: string[];
  required: boolean;
  value?: unknown;
  default?: unknown;
  timeZone?: string;
}

/** Rules that fit only some types of field. */
const fitting: Partial<Record<keyof FieldRules, FieldType[]>> = {
  minLength: ["text"],
  maxLength: ["text"],
  pattern: ["text"],
  format: ["text", "date", "time", "timestamp"],
  scale: ["decimal"],
  precision: ["decimal"],
  min: ["integer", "decimal", "date"],
  max: ["integer", "decimal", "date"],
  choices: ["choice"],
  timeZone: ["timestamp"],
};

/** Adds an issue for every rule of a field that does not fit its type or another rule. */
export function checkField(field: FieldRules, ctx: z.core.$RefinementCtx): void {
  const fault = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
  for (const [rule, types] of Object.entries(fitting)) {
    if (field[rule as keyof FieldRules] !== undefined && !types.includes(field.type)) {
      fault(rule, `does not fit a field of type ${field.type}; it is for ${types.join(", ")}`);
    }
  }
  if (field.type === "choice" && !field.choices)
    fault("choices", "is missing: a choice needs the values to choose from");
  if (field.minLength !== undefined && field.maxLength !== undefined && field.minLength > field.maxLength) {
    fault("minLength", `is ${field.minLength}, above maxLength, which is ${field.maxLength}`);
  }
  if (field.scale !== undefined && field.precision !== undefined && field.scale > field.precision) {
    fault("scale", `is ${field.scale}, above precision, which is ${field.precision}`);
  }
  checkBounds(field, fault);
  checkFormat(field, fault);
  if (field.pattern !== undefined) {
    const reason = patternFault(field.pattern);
    if (reason) fault("pattern", reason);
  }
  if (field.timeZone !== undefined && !isTimeZone(field.timeZone))
    fault("timeZone", "is not an IANA time zone, such as Europe/Berlin");
}

type Fault = (path: string, message: string) => void;

function checkBounds({ type, min, max }: Pick<FieldRules, "min" | "max"> & { type: string }, fault: Fault): void {
  const shape = type === "date" ? /^\d{4}-\d{2}-\d{2}$/ : type === "integer" ? /^[+-]?\d+$/ : /^[+-]?\d+(\.\d+)?$/;
  const example = type === "date" ? "a date such as 2026-11-01" : type === "integer" ? "a whole number" : "a number";
  for (const [name, value] of Object.entries({ min, max })) {
    if (value !== undefined && !shape.test(String(value))) fault(name, `must be ${example}`);
  }
  if (min === undefined || max === undefined) return;
  const above = type === "date" ? String(min) > String(max) : Number(min) > Number(max);
  if (above) fault("min", `is ${min}, above max, which is ${max}`);
}

const neededParts = {
  date: ["year", "month", "day"],
  time: ["hour", "minute"],
  timestamp: ["year", "month", "day", "hour", "minute"],
} as const satisfies Partial<Record<FieldType, readonly DatePart[]>>;

function checkFormat({ type, format }: FieldRules, fault: Fault): void {
  if (format === undefined) return;
  if (type === "text" && !(textFormats as readonly string[]).includes(format)) {
    fault("format", `must be one of ${textFormats.join(", ")}`);
  }
  if (type !== "date" && type !== "time" && type !== "timestamp") return;
  const tokens = datePatternTokens(format);
  const needed = neededParts[type];
  if (!tokens) fault("format", "is not a pattern made of yyyy, MM, M, dd, d, HH, H, mm, ss, SSS, XXX and signs");
  else if (needed.some((part) => !tokens.includes(part)))
    fault("format", `must name ${needed.join(", ")}, such as yyyy-MM-dd`);
}

/** A repeated group that itself repeats can take time that grows without bound. */
const nestedRepetition = /\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)[+*{]/;

function patternFault(pattern: string): string | null {
  try {
    new RegExp(pattern, "u");
  } catch {
    return "is not a valid regular expression";
  }
  return nestedRepetition.test(pattern)
    ? "repeats a group that repeats inside, which can take for ever; write it without"
    : null;
}

interface ParameterRules {
  type: ParameterType;
  choices?: string[];
  default?: unknown;
  min?: number | string;
  max?: number | string;
  maxLength?: number;
}

/** Adds an issue for every rule of a parameter that does not fit its type. */
export function checkParameter(parameter: ParameterRules, ctx: z.core.$RefinementCtx): void {
  const fault = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
  const choosing = parameter.type === "choice" || parameter.type === "choices";
  if (choosing && !parameter.choices)
    fault("choices", `is missing: a parameter of type ${parameter.type} needs the values to choose from`);
  if (!choosing && parameter.choices) fault("choices", `does not fit a parameter of type ${parameter.type}`);
  const bounded = ["integer", "decimal", "date"].includes(parameter.type);
  for (const rule of ["min", "max"] as const) {
    if (parameter[rule] !== undefined && !bounded) fault(rule, `does not fit a parameter of type ${parameter.type}`);
  }
  if (bounded) checkBounds(parameter, fault);
  if (parameter.maxLength !== undefined && !["text", "secret"].includes(parameter.type)) {
    fault("maxLength", `does not fit a parameter of type ${parameter.type}`);
  }
  if (parameter.type === "secret" && parameter.default !== undefined)
    fault("default", "cannot stand for a secret: definitions are not secret");
}

/** Whether this is a time zone that the machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
