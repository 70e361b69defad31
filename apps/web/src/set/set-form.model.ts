import type { Parameter } from "@waybill/core/definition/definition";
import { integrationKeyPattern, keptSetKey } from "@waybill/core/definition/names";
import type { SetDefinition } from "../data/sets.ts";

type SetStep = SetDefinition["steps"][number];

/** A step as it is being written. `id` tells it from the others while it is moved about. */
export interface StepForm {
  id: string;
  integration: string;
  /** Empty: that of the integration. */
  key: string;
  abort: "set" | "abort" | "go_on";
  /** As the definition has them: a value, or `{ parameter }` of the set. */
  parameters: SetStep["parameters"];
  /** What the builder only keeps. */
  kept: Pick<SetStep, "name" | "sourceFile" | "attachments">;
}

/** A parameter of the set as it is being written; `kept` is what the builder shows no input for. */
export interface ParameterForm extends Pick<Parameter, "key" | "label" | "type" | "required"> {
  id: string;
  kept: Omit<Parameter, "key" | "label" | "type" | "required">;
}

/** A set as it is being written. */
export interface SetForm {
  name: string;
  key: string;
  description: string;
  abortOnFailure: boolean;
  timeZone: string | undefined;
  steps: StepForm[];
  parameters: ParameterForm[];
}

export const stepsMin = 2;
const keyCharactersMax = 60;

let made = 0;
const newId = () => `n${++made}`;

/** A set of which nothing is written yet: two steps wait for their integrations. */
export function emptySet(): SetForm {
  const steps = [emptyStep(), emptyStep()];
  return { name: "", key: "", description: "", abortOnFailure: true, timeZone: undefined, steps, parameters: [] };
}

export function emptyStep(): StepForm {
  return { id: newId(), integration: "", key: "", abort: "set", parameters: {}, kept: { attachments: {} } };
}

/** A fresh parameter, or one that asks for what a parameter of an integration needs, under a key that is not taken. */
export function newParameter(form: SetForm, like?: Parameter): ParameterForm {
  const { key = "", label = "", type = "text", required = false, ...kept } = like ?? {};
  const taken = form.parameters.map((parameter) => parameter.key);
  let free = key;
  for (let count = 2; key !== "" && taken.includes(free); count++) free = `${key}${count}`;
  return { id: newId(), key: free, label, type, required, kept };
}

/** The form of a set that is there. */
export function toForm(definition: SetDefinition): SetForm {
  const { name, key, description, abortOnFailure, timeZone } = definition;
  return {
    name,
    key,
    description,
    abortOnFailure,
    timeZone,
    steps: definition.steps.map(({ key, integration, abortOnFailure: abort, parameters, ...kept }) => ({
      id: newId(),
      integration,
      key: key === integration ? "" : key,
      abort: abort === undefined ? "set" : abort ? "abort" : "go_on",
      parameters,
      kept,
    })),
    parameters: definition.parameters.map(({ key, label, type, required, ...kept }) => ({
      id: newId(),
      key,
      label: label === key ? "" : label,
      type,
      required,
      kept,
    })),
  };
}

/** What is written, as a definition; the server says what is wrong with it. */
export function toDefinition(form: SetForm): SetDefinition {
  const { name, key, description, abortOnFailure, timeZone } = form;
  return {
    waybill: 1,
    kind: "set",
    key: key.trim(),
    name: name.trim(),
    description: description.trim(),
    parameters: form.parameters.map((parameter) => ({
      key: parameter.key.trim(),
      label: parameter.label.trim() || parameter.key.trim(),
      type: parameter.type,
      ...parameter.kept,
      required: parameter.required,
    })),
    abortOnFailure,
    steps: form.steps.map((step) => ({
      key: keyOf(step),
      integration: step.integration,
      ...step.kept,
      ...(step.abort !== "set" && { abortOnFailure: step.abort === "abort" }),
      parameters: step.parameters,
    })),
    ...(timeZone !== undefined && { timeZone }),
  };
}

/** The key that a step has, its own or its integration's. */
export function keyOf(step: Pick<StepForm, "key" | "integration">): string {
  return step.key.trim() || step.integration;
}

/** A key for a set of this name: small letters, digits and `-`. */
export function proposeKey(name: string): string {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
  const key = plain.replaceAll(/[^a-z0-9]+/g, "-").replace(/^[^a-z]+/, "");
  return key.slice(0, keyCharactersMax).replace(/-+$/, "");
}

/** Why a set cannot be saved as it stands; null when the server is to say. */
export function whyNotSaved(form: SetForm): string | null {
  if (form.name.trim() === "") return "Give the set a name.";
  if (!integrationKeyPattern.test(form.key.trim()))
    return "Give the set a key: a small letter, then small letters, digits or -, 60 at most.";
  if (form.key.trim() === keptSetKey) return `Give the set another key: the console keeps "${keptSetKey}" for itself.`;
  if (form.steps.length < stepsMin) return "A set has at least two steps. One integration runs by itself.";
  const empty = form.steps.findIndex((step) => step.integration === "");
  return empty === -1 ? null : `Choose an integration for step ${empty + 1}.`;
}

/** The list with the item at `from` moved to `to`; the same list where that is outside of it. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.filter((_, index) => index !== from);
  const item = items[from];
  if (item === undefined || to < 0 || to > rest.length) return [...items];
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}
