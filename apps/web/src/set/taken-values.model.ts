import type { SetForm, StepForm } from "./set-form.model.ts";
import { isTaken } from "./step-value.model.ts";

/** The steps once a parameter of the set has another key. Where two parameters have the old one, nobody knows whose the values are. */
export function renameParameter({ steps, parameters }: SetForm, from: string, to: string): StepForm[] {
  if (from === "" || parameters.filter((parameter) => parameter.key === from).length > 1) return steps;
  return steps.map((step) => ({
    ...step,
    parameters: Object.fromEntries(
      Object.entries(step.parameters).map(([key, value]) => [
        key,
        isTaken(value) && value.parameter === from ? { parameter: to } : value,
      ]),
    ),
  }));
}
