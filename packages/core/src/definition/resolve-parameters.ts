import { limits } from "../limits.ts";
import { compareDecimals, readDecimal, writeDecimal } from "../value/decimal.ts";
import type { Definition, Parameter } from "./definition.ts";
import { isDay, resolveTimeframe, timeframeSymbols } from "./timeframe.ts";

/** One thing wrong with one parameter. */
export interface ParameterFault {
  key: string;
  code: "parameter_unknown" | "parameter_missing" | "parameter_invalid";
  message: string;
}

/** The values of all parameters, or everything that is wrong with them. */
export type ResolvedParameters =
  | { ok: true; values: Record<string, unknown> }
  | { ok: false; faults: ParameterFault[] };

/** The moment at which `today` and the like are meant, and the zone in which people there live. */
export interface Moment {
  now: Date;
  timeZone: string;
}

/**
 * The values that a run starts with: those given, then defaults, else null. Values may be JSON or the text of it.
 * Dates come out as `yyyy-MM-dd`, timestamps as ISO 8601 in UTC, decimals as text, a timeframe with its two days.
 */
export function resolveParameters(
  definition: Pick<Definition, "parameters">,
  given: Record<string, unknown>,
  moment: Moment,
): ResolvedParameters {
  const faults: ParameterFault[] = unknownParameters(definition, given);
  const values: Record<string, unknown> = {};
  for (const parameter of definition.parameters) {
    const value = Object.hasOwn(given, parameter.key) ? given[parameter.key] : undefined;
    const wanted = isEmpty(value) ? parameter.default : value;
    if (isEmpty(wanted)) {
      values[parameter.key] = null;
      if (parameter.required) faults.push(missing(parameter));
      continue;
    }
    const resolved = resolveValue(parameter, wanted, moment);
    if ("reason" in resolved) faults.push(invalid(parameter, resolved.reason));
    else values[parameter.key] = resolved.value;
  }
  return faults.length === 0 ? { ok: true, values } : { ok: false, faults };
}

/** One value, or why it does not fit. */
export type Resolved = { value: unknown } | { reason: string };

/** One value as a run starts with it, or the reason why it does not fit. */
export function resolveValue(parameter: Parameter, value: unknown, moment: Moment): Resolved {
  switch (parameter.type) {
    case "text":
    case "secret":
      return resolveText(parameter, value);
    case "integer":
    case "decimal":
      return resolveNumber(parameter, value);
    case "boolean":
      return resolveBoolean(value);
    case "date":
      return resolveDate(parameter, value, moment);
    case "timestamp":
      return resolveTimestamp(value, moment);
    case "choice":
      return resolveChoice(parameter, value);
    case "choices":
      return resolveChoices(parameter, value);
    case "timeframe": {
      const timeframe = resolveTimeframe(value, localDay(moment));
      const names = `${timeframeSymbols.join(", ")}, last_N_days, or a range such as 2026-11-01..2026-11-15`;
      return timeframe ? { value: timeframe } : { reason: `must be one of ${names}` };
    }
  }
}

function resolveText(parameter: Parameter, value: unknown): Resolved {
  if (typeof value !== "string" && typeof value !== "number") return { reason: "must be text" };
  const text = String(value);
  const most = parameter.maxLength ?? limits.parameterTextCharactersMax;
  if (text.length > most) return { reason: `may have at most ${most} characters; it has ${text.length}` };
  if (text.includes("\0")) return { reason: "holds a NUL character" };
  return { value: text };
}

function resolveNumber(parameter: Parameter, value: unknown): Resolved {
  const parts = typeof value === "string" || typeof value === "number" ? readDecimal(String(value).trim()) : null;
  const whole = parameter.type === "integer";
  if (!parts || (whole && parts.fraction !== ""))
    return { reason: whole ? "must be a whole number" : "must be a number" };
  const min = parameter.min === undefined ? null : readDecimal(String(parameter.min));
  const max = parameter.max === undefined ? null : readDecimal(String(parameter.max));
  if (min && compareDecimals(parts, min) < 0) return { reason: `must be at least ${parameter.min}` };
  if (max && compareDecimals(parts, max) > 0) return { reason: `must be at most ${parameter.max}` };
  if (whole && !Number.isSafeInteger(Number(writeDecimal(parts)))) return { reason: "is too large a number" };
  return { value: whole ? Number(writeDecimal(parts)) : writeDecimal(parts) };
}

function resolveBoolean(value: unknown): Resolved {
  if (typeof value === "boolean") return { value };
  const text = String(value).trim().toLowerCase();
  if (["true", "yes", "1"].includes(text)) return { value: true };
  if (["false", "no", "0"].includes(text)) return { value: false };
  return { reason: "must be true or false" };
}

function resolveDate(parameter: Parameter, value: unknown, moment: Moment): Resolved {
  const day = value === "today" ? localDay(moment) : value;
  if (!isDay(day)) return { reason: "must be a date such as 2026-11-01" };
  if (parameter.min !== undefined && day < String(parameter.min))
    return { reason: `must not be before ${parameter.min}` };
  if (parameter.max !== undefined && day > String(parameter.max))
    return { reason: `must not be after ${parameter.max}` };
  return { value: day };
}

function resolveTimestamp(value: unknown, { now }: Moment): Resolved {
  if (value === "now") return { value: now.toISOString() };
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
  const date = typeof value === "string" && shape.test(value) ? new Date(value) : null;
  const real = date !== null && !Number.isNaN(date.getTime()) && isDay(String(value).slice(0, 10));
  return real ? { value: date.toISOString() } : { reason: "must be a moment such as 2026-11-01T08:30:00Z" };
}

function resolveChoice(parameter: Parameter, value: unknown): Resolved {
  const known = parameter.choices?.includes(String(value));
  return known ? { value: String(value) } : { reason: `must be one of ${parameter.choices?.join(", ")}` };
}

function resolveChoices(parameter: Parameter, value: unknown): Resolved {
  const items = Array.isArray(value)
    ? value.map(String)
    : String(value)
        .split(",")
        .map((item) => item.trim());
  const wrong = items.filter((item) => !parameter.choices?.includes(item));
  if (wrong.length === 0) return { value: [...new Set(items)] };
  return {
    reason: `cannot have ${wrong.map((item) => JSON.stringify(item)).join(", ")}; choose among ${parameter.choices?.join(", ")}`,
  };
}

function localDay({ now, timeZone }: Moment): string {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone }).format(now);
}

/** Whether a value counts as not given. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function unknownParameters(
  definition: Pick<Definition, "parameters">,
  given: Record<string, unknown>,
): ParameterFault[] {
  const known = definition.parameters.map((parameter) => parameter.key);
  const has = known.length > 0 ? `It has: ${known.join(", ")}.` : "It has none.";
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      key,
      code: "parameter_unknown",
      message: `There is no parameter ${JSON.stringify(key)}. ${has}`,
    }));
}

function missing({ key, label }: Parameter): ParameterFault {
  return { key, code: "parameter_missing", message: `The parameter ${key} (${label}) is required. Give it a value.` };
}

function invalid({ key }: Parameter, reason: string): ParameterFault {
  return { key, code: "parameter_invalid", message: `The parameter ${key} ${reason}.` };
}
