import { checkTimeZone, repeated } from "../definition/check-definition.ts";
import { checkParameter } from "../definition/check-parameter.ts";
import { checkValues } from "../definition/check-values.ts";
import { isMapping, mappings, type PathFault, type Raw, texts, within } from "../definition/raw-document.ts";
import { type ReadDocument, readDocument } from "../definition/read-document.ts";
import { listNames } from "../record/match-header.ts";
import { type SetDefinition, setDefinitionSchema } from "./set-definition.ts";

/** Reads the definition of a set from YAML. A wrong one gives all of its faults at once, in the order of the text. */
export function readSet(yaml: string): ReadDocument<SetDefinition> {
  return readDocument(yaml, setDefinitionSchema, checkSet);
}

function checkSet(document: unknown): PathFault[] {
  const root = isMapping(document) ? document : {};
  const parameters = mappings(root.parameters);
  const steps = mappings(root.steps);
  const keyed = steps.map((step) => ({ key: step.key ?? step.integration }));
  return [
    ...parameters.flatMap((one, index) => within(["parameters", index], checkParameter(one))),
    ...repeated(parameters, "parameters", "key"),
    ...checkValues({ parameters: root.parameters }, "UTC"),
    ...repeated(keyed, "steps", "key").map((fault) => ({ ...fault, message: `${fault.message}, by a key of its own` })),
    ...steps.flatMap((step, index) => within(["steps", index, "parameters"], checkValuesOf(step, parameters))),
    ...checkTimeZone(root),
  ];
}

/** Values that are taken from a parameter which the set does not have. */
function checkValuesOf({ parameters: given }: Raw, parameters: Raw[]): PathFault[] {
  const known = texts(parameters, "key");
  return Object.entries(isMapping(given) ? given : {}).flatMap(([key, value]) => {
    const name = isMapping(value) ? value.parameter : undefined;
    if (typeof name !== "string" || known.includes(name)) return [];
    const has = known.length > 0 ? `It has ${listNames(known)}.` : "It has none.";
    return [{ path: [key], message: `takes ${JSON.stringify(name)}, which is no parameter of the set. ${has}` }];
  });
}
