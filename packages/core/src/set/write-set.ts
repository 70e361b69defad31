import { stringify } from "yaml";
import type { Parameter } from "../definition/definition.ts";
import type { SetDefinition, SetStep } from "./set-definition.ts";

const lineCharacters = 120;

/** A definition of a set as YAML that `readSet` reads to the same; what goes without saying is left out. Runs in browsers too. */
export function writeSet({ parameters, steps, description, abortOnFailure, timeZone, ...set }: SetDefinition): string {
  const document = {
    ...set,
    ...(description && { description }),
    ...(!abortOnFailure && { abortOnFailure }),
    ...(timeZone && { timeZone }),
    ...(parameters.length > 0 && { parameters: parameters.map(writeParameter) }),
    steps: steps.map(writeStep),
  };
  return stringify(document, { lineWidth: lineCharacters });
}

function writeParameter({ key, label, required, ...rest }: Parameter): object {
  return { key, ...(label !== key && { label }), ...rest, ...(required && { required }) };
}

function writeStep({ key, integration, parameters, attachments, ...rest }: SetStep): object {
  return {
    ...(key !== integration && { key }),
    integration,
    ...rest,
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(Object.keys(attachments).length > 0 && { attachments }),
  };
}
