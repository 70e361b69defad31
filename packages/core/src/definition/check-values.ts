import { compileValueChecker } from "../record/value-checker.ts";
import { checkField } from "./check-field.ts";
import { checkParameter } from "./check-parameter.ts";
import { type Field, fieldSchema, parameterSchema } from "./definition.ts";
import { mappings, type PathFault, type Raw, within } from "./raw-document.ts";
import { resolveValue } from "./resolve-parameters.ts";

/**
 * The values that a definition itself gives, held against the rules of their own fields and parameters. What is not
 * well-formed is passed over here: its faults are told elsewhere.
 */
export function checkValues(root: Raw, timeZone: string): PathFault[] {
  const fields = mappings(root.fields).map((raw) => wellFormedField(raw));
  return [
    ...fields.flatMap((field, index) => (field ? within(["fields", index], checkGiven(field, timeZone)) : [])),
    ...mappings(root.skipWhen).flatMap((rule, index) =>
      within(["skipWhen", index, "equals"], checkEquals(fields, rule, timeZone)),
    ),
    ...mappings(root.parameters).flatMap((raw, index) => within(["parameters", index], checkParameterDefault(raw))),
  ];
}

function wellFormedField(raw: Raw): Field | null {
  const parsed = fieldSchema.safeParse(raw);
  return parsed.success && checkField(raw).length === 0 ? parsed.data : null;
}

function checkGiven(field: Field, timeZone: string): PathFault[] {
  const constant = field.value && "constant" in field.value ? field.value.constant : undefined;
  return [
    ...within(["default"], checkAgainst(field, field.default, timeZone)),
    ...within(["value", "constant"], checkAgainst(field, constant, timeZone)),
  ];
}

function checkEquals(fields: (Field | null)[], { field: name, equals }: Raw, timeZone: string): PathFault[] {
  const field = fields.find((one) => one?.name === name);
  return field && equals !== null ? checkAgainst(field, equals, timeZone) : [];
}

function checkAgainst(field: Field, value: unknown, timeZone: string): PathFault[] {
  if (value === undefined || typeof value === "object") return [];
  const messages: string[] = [];
  compileValueChecker(field, timeZone)(String(value), (_code, message) => messages.push(message));
  return messages.map((message) => ({ path: [], message: `${JSON.stringify(value)} does not fit: ${message}` }));
}

/** What these mean depends on the day, and so does whether they are within bounds. */
const symbols = ["today", "now"];
const anyMoment = { now: new Date(0), timeZone: "UTC" };

function checkParameterDefault(raw: Raw): PathFault[] {
  const parsed = parameterSchema.safeParse(raw);
  if (!parsed.success || parsed.data.default === undefined || checkParameter(raw).length > 0) return [];
  const { default: value, type } = parsed.data;
  if ((type === "date" || type === "timestamp") && symbols.includes(String(value))) return [];
  const resolved = resolveValue(parsed.data, value, anyMoment);
  return "reason" in resolved ? [{ path: ["default"], message: resolved.reason }] : [];
}
