import type { Definition } from "../definition/definition.ts";
import { readDefinition } from "../definition/read-definition.ts";

const usual = {
  key: "people",
  name: "People",
  direction: "import",
  fields: "[{ name: id, type: text, required: true }]",
  recordKey: "[id]",
  destination: "{ dataset: people }",
};

/** A definition of people who have an id, but for what a test says otherwise, each part in the flow style of YAML. */
export function testDefinition(parts: Record<string, string> = {}): string {
  const lines = Object.entries({ ...usual, ...parts }).map(([part, yaml]) => `${part}: ${yaml}\n`);
  return `waybill: 1\nkind: integration\n${lines.join("")}`;
}

/** The same, read. Throws where it is wrong. */
export function readTestDefinition(parts: Record<string, string> = {}): Definition {
  const read = readDefinition(testDefinition(parts));
  if (!read.ok) throw new Error(JSON.stringify(read));
  return read.definition;
}

/** A definition of people who have an id and a name. */
export const namedPeople = testDefinition({
  fields: "[{ name: id, type: text, required: true }, { name: name, type: text, required: true }]",
});
