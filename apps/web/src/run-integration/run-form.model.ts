import type { Definition, Parameter } from "@waybill/core/definition/definition";
import { type ParameterFault, resolveParameters } from "@waybill/core/definition/resolve-parameters";

/** What a person has filled in so far. A value is the text of its input, a box's tick, or ticks by choice. */
export interface RunForm {
  name: string;
  sourceFile: File | null;
  parameters: Record<string, string | boolean | string[]>;
  attachments: Record<string, File>;
}

/** A fresh form for a definition, its defaults filled in. */
export function emptyForm(definition: Definition): RunForm {
  const filled = definition.parameters.map((parameter) => [parameter.key, initialValue(parameter)] as const);
  return { name: "", sourceFile: null, parameters: Object.fromEntries(filled), attachments: {} };
}

/** The parameters as the server takes them: an empty input is one that was not given. */
export function givenParameters(form: RunForm): Record<string, string | boolean | string[]> {
  const given = Object.entries(form.parameters).filter(([, value]) => value !== "" && !isEmptyList(value));
  return Object.fromEntries(given);
}

/** What is wrong with each parameter, by the rules that the server uses too. */
export function parameterFaults(
  definition: Definition,
  form: RunForm,
  moment: { now: Date; timeZone: string },
): Record<string, string> {
  const resolved = resolveParameters(definition, givenParameters(form), moment);
  if (resolved.ok) return {};
  return Object.fromEntries(resolved.faults.map((fault: ParameterFault) => [fault.key, fault.message]));
}

/** What the values will be when the run starts, such as the days of a timeframe; null while one is wrong. */
export function resolvedParameters(
  definition: Definition,
  form: RunForm,
  moment: { now: Date; timeZone: string },
): Record<string, unknown> | null {
  const resolved = resolveParameters(definition, givenParameters(form), moment);
  return resolved.ok ? resolved.values : null;
}

const endings = [".csv", ".zip", ".pgp", ".gpg"];

/** What is wrong with a chosen file before it is sent; null when nothing is known to be. */
export function fileFault(file: File, limits: { sourceBytesMax: number; zipBytesMax: number }): string | null {
  const name = file.name.toLowerCase();
  if (!endings.some((ending) => name.endsWith(ending))) return "The file must end in .csv, .zip, .pgp or .gpg.";
  if (file.size === 0) return "The file is empty.";
  if (name.endsWith(".csv") && file.size > limits.sourceBytesMax) {
    return `The file is larger than ${limits.sourceBytesMax} bytes. Compress it to a .zip.`;
  }
  return file.size > limits.zipBytesMax ? `The file is larger than ${limits.zipBytesMax} bytes. Split it.` : null;
}

function initialValue(parameter: Parameter): string | boolean | string[] {
  const { type, default: value } = parameter;
  if (type === "boolean") return value === true || value === "true";
  if (type === "choices") return Array.isArray(value) ? value : [];
  // A default such as `today` is resolved when the run starts, so the input stays empty and says so.
  if (type === "date" || type === "timestamp") return value === "today" || value === "now" ? "" : String(value ?? "");
  return value === undefined ? "" : String(value);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
