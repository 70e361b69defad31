import { checkDefinition } from "./check-definition.ts";
import { checkValues } from "./check-values.ts";
import { type Definition, definitionSchema } from "./definition.ts";
import { isMapping, type PathFault } from "./raw-document.ts";
import { type DefinitionFault, readDocument } from "./read-document.ts";
import { isTimeZone } from "./time-zone.ts";

/** A definition, or everything that is wrong with it. */
export type ReadDefinition = { ok: true; definition: Definition } | { ok: false; faults: DefinitionFault[] };

/** Reads a definition from YAML. A wrong one gives all of its faults at once, in the order of the text. */
export function readDefinition(yaml: string): ReadDefinition {
  const read = readDocument(yaml, definitionSchema, (raw) => [...checkDefinition(raw), ...checkGivenValues(raw)]);
  return read.ok ? { ok: true, definition: read.value } : read;
}

function checkGivenValues(raw: unknown): PathFault[] {
  const root = isMapping(raw) ? raw : {};
  return checkValues(root, typeof root.timeZone === "string" && isTimeZone(root.timeZone) ? root.timeZone : "UTC");
}
