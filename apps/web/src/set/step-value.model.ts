import type { Parameter } from "@waybill/core/definition/definition";
import type { SetDefinition } from "../data/sets.ts";
import type { InputValue } from "../run-integration/parameter-input.tsx";
import { toLocalText, toMoment } from "../run-integration/run-form.model.ts";

/** A value of a step as its definition has it. */
export type StepValue = SetDefinition["steps"][number]["parameters"][string];

/** Where the value of a parameter comes from: nowhere, the step itself, or a parameter of the set. */
export type ValueSource = { kind: "none" } | { kind: "own" } | { kind: "set"; parameter: string };

/** Tells where a value comes from. */
export function sourceOf(value: StepValue | undefined): ValueSource {
  if (value === undefined) return { kind: "none" };
  return isTaken(value) ? { kind: "set", parameter: value.parameter } : { kind: "own" };
}

/** Whether a value is taken from a parameter of the set. */
export function isTaken(value: StepValue | undefined): value is { parameter: string } {
  return typeof value === "object" && "parameter" in value;
}

/** What the input of a parameter shows for a value of a step. */
export function toInput({ type }: Parameter, value: StepValue | undefined): InputValue {
  if (value === undefined || isTaken(value)) return type === "choices" ? [] : type === "boolean" ? false : "";
  if (type === "choices") return Array.isArray(value) ? value : String(value).split(",");
  if (type === "boolean") return value === true || value === "true";
  if (type === "timestamp" && value !== "now") return toLocalText(String(value));
  if (typeof value === "object" && "start" in value) return `${value.start}..${value.end}`;
  return String(value);
}

/** What a definition says for what was put in. */
export function fromInput({ type }: Parameter, value: InputValue): StepValue {
  if (typeof value !== "string") return value;
  if (type === "timestamp") return toMoment(value);
  const number = Number(value);
  return type === "integer" && value.trim() !== "" && Number.isSafeInteger(number) ? number : value;
}

/** What a step's own value begins with. */
export function firstValue(parameter: Parameter): StepValue {
  return parameter.default ?? fromInput(parameter, toInput(parameter, undefined));
}
