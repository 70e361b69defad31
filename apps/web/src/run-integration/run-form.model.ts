import type { Definition, Parameter } from "@waybill/core/definition/definition";
import { type ParameterFault, resolveParameters } from "@waybill/core/definition/resolve-parameters";
import { formatBytes } from "../ui/format.ts";

/** A file that the server has already. */
export interface KeptFile {
  id: string;
  name: string;
}

/** A file from the person's machine, or one that the server has already. */
export type GivenFile = File | KeptFile;

/** What a person has filled in so far. A value is the text of its input, a box's tick, or ticks by choice. */
export interface RunForm {
  name: string;
  sourceFile: File | null;
  parameters: Record<string, string | boolean | string[]>;
  attachments: Record<string, File | null>;
}

/** What asks for parameters: an integration, or a set. */
export type Asking = Pick<Definition, "parameters">;
/** The inputs of parameters. */
export type Filled = Pick<RunForm, "parameters">;

/** A fresh form for a definition, its defaults filled in. */
export function emptyForm(definition: Asking): RunForm {
  const filled = definition.parameters.map((parameter) => [parameter.key, initialValue(parameter)] as const);
  return { name: "", sourceFile: null, parameters: Object.fromEntries(filled), attachments: {} };
}

/** The parameters as the server takes them: an empty input is one that was not given. */
export function givenParameters(definition: Asking, form: Filled): Record<string, string | boolean | string[]> {
  const moments = definition.parameters.filter(({ type }) => type === "timestamp").map(({ key }) => key);
  const given = Object.entries(form.parameters)
    .filter(([, value]) => isGiven(value))
    .map(([key, value]) => [key, moments.includes(key) ? toMoment(String(value)) : value] as const);
  return Object.fromEntries(given);
}

/** Whether an input holds a value. */
export function isGiven(value: string | boolean | string[] | undefined): boolean {
  return value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** The attachments that are chosen, each under its key. */
export function attachedFiles(form: Pick<RunForm, "attachments">): [key: string, file: File][] {
  return Object.entries(form.attachments).flatMap(([key, file]) => (file ? [[key, file] as [string, File]] : []));
}

/** What is wrong with each parameter, by the rules that the server uses too. */
export function parameterFaults(
  definition: Asking,
  form: Filled,
  moment: { now: Date; timeZone: string },
): Record<string, string> {
  const resolved = resolveParameters(definition, givenParameters(definition, form), moment);
  if (resolved.ok) return {};
  return Object.fromEntries(resolved.faults.map((fault) => [fault.key, sayFault(fault, definition)]));
}

/** What each value will be when the run starts, such as the days of a timeframe; one that is wrong is left out. */
export function resolvedParameters(
  definition: Asking,
  form: Filled,
  moment: { now: Date; timeZone: string },
): Record<string, unknown> {
  const given = givenParameters(definition, form);
  const resolved = definition.parameters.map((parameter) => {
    const alone = { ...definition, parameters: [parameter] };
    return resolveParameters(alone, { [parameter.key]: given[parameter.key] }, moment);
  });
  return Object.assign({}, ...resolved.map((one) => (one.ok ? one.values : {})));
}

/** The endings of files that the server takes. */
export const fileEndings = [".csv", ".zip", ".pgp", ".gpg"];

/** What is wrong with a chosen file before it is sent; null when nothing is known to be. */
export function fileFault(file: GivenFile, limits: { sourceBytesMax: number; zipBytesMax: number }): string | null {
  if (!(file instanceof File)) return null;
  const name = file.name.toLowerCase();
  if (!fileEndings.some((ending) => name.endsWith(ending))) return "The file must end in .csv, .zip, .pgp or .gpg.";
  if (file.size === 0) return "The file is empty.";
  if (name.endsWith(".csv") && file.size > limits.sourceBytesMax) {
    return `The file is larger than ${formatBytes(limits.sourceBytesMax)}. Compress it to a .zip.`;
  }
  return file.size > limits.zipBytesMax
    ? `The file is larger than ${formatBytes(limits.zipBytesMax)}. Split it.`
    : null;
}

function initialValue(parameter: Parameter): string | boolean | string[] {
  const { type, default: value } = parameter;
  if (type === "boolean") return value === true || value === "true";
  if (type === "choices") return Array.isArray(value) ? value : [];
  if (type === "timestamp" && value !== "now") return toLocalText(String(value ?? ""));
  // A default such as `today` is resolved when the run starts, so the input stays empty and says so.
  if (value === "today" || value === "now") return "";
  return value === undefined ? "" : String(value);
}

/** The sentence beneath an input, which has the parameter's label above it. */
function sayFault({ key, code, message }: ParameterFault, definition: Asking): string {
  const parameter = definition.parameters.find((one) => one.key === key);
  if (!parameter) return message;
  if (code === "parameter_missing") return `${parameter.label} is required.`;
  if (parameter.type === "timeframe") return "Give both days, the first one not after the last, or a number of days.";
  return message.replace(`The parameter ${key}`, parameter.label);
}

/** A local time of the viewer, such as `2026-11-01T08:30`, as ISO 8601 in UTC; what is none stays as it is. */
export function toMoment(local: string): string {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? local : date.toISOString();
}

/** A moment as the input of the viewer shows it; empty where it is none. */
export function toLocalText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
