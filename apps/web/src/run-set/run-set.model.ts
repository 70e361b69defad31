import type { ApiFault } from "../data/api.ts";
import type { SetDefinition, StartSet } from "../data/sets.ts";
import { emptyForm, type Filled, type GivenFile } from "../run-integration/run-form.model.ts";
import { type StepValue, toInput } from "../set/step-value.model.ts";

/** The files that a person gives to one step. */
export interface StepFiles<Given extends GivenFile = File> {
  sourceFile: Given | null;
  attachments: Record<string, Given | null>;
}

/** What a person has filled in so far to run a set; `steps` by their keys. */
export interface RunSetForm extends Filled {
  name: string;
  sourceFile: File | null;
  steps: Record<string, StepFiles>;
}

/** The values to begin with: those of the set run that is to be run again, else the defaults. A secret is typed anew. */
export function firstValues(
  definition: Pick<SetDefinition, "parameters">,
  again: Record<string, unknown>,
): Filled["parameters"] {
  const taken = definition.parameters
    .filter(({ key, type }) => type !== "secret" && again[key] !== null && again[key] !== undefined)
    .map((parameter) => [parameter.key, toInput(parameter, again[parameter.key] as StepValue)] as const);
  return { ...emptyForm(definition).parameters, ...Object.fromEntries(taken) };
}

/** No files yet for any step of a set. */
export function emptySteps({ steps }: Pick<SetDefinition, "steps">): Record<string, StepFiles> {
  return Object.fromEntries(steps.map((step) => [step.key, { sourceFile: null, attachments: {} }]));
}

/** The keys of the steps that would have nothing to read. */
export function stepsWithoutFile(
  { steps }: Pick<SetDefinition, "steps">,
  form: { sourceFile: GivenFile | null; steps: Record<string, StepFiles<GivenFile>> },
): string[] {
  if (form.sourceFile) return [];
  return steps.filter((step) => !step.sourceFile && !form.steps[step.key]?.sourceFile).map((step) => step.key);
}

/** Sends the files that were given to steps, and gives their ids by step; a step that was given none is left out. */
export async function sendSteps<Given extends GivenFile>(
  steps: Record<string, StepFiles<Given>>,
  send: (file: Given) => Promise<string>,
): Promise<NonNullable<StartSet["steps"]>> {
  const sent: NonNullable<StartSet["steps"]> = {};
  for (const [key, { sourceFile, attachments }] of Object.entries(steps)) {
    const given = Object.entries(attachments).filter((entry): entry is [string, Given] => entry[1] !== null);
    if (!sourceFile && given.length === 0) continue;
    const ids: Record<string, string> = {};
    const source = sourceFile && (await send(sourceFile));
    for (const [name, file] of given) ids[name] = await send(file);
    sent[key] = { ...(source && { sourceFile: source }), ...(given.length > 0 && { attachments: ids }) };
  }
  return sent;
}

/** The key of the step that a fault is of; null where it is of none that the set has. */
export function stepOfFault(fault: ApiFault | null, { steps }: Pick<SetDefinition, "steps">): string | null {
  const named = fault?.details?.step;
  return steps.find((step) => step.key === named)?.key ?? null;
}
