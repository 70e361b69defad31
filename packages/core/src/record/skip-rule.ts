import type { Definition } from "../definition/definition.ts";

/** Compiles the rules by which records are passed over to one test of a record's values; null where no rule is in force. */
export function compileSkipRules(
  definition: Definition,
  parameters: Record<string, unknown>,
): ((values: readonly (string | null)[]) => boolean) | null {
  const rules = definition.skipWhen
    .filter((rule) => !(rule.unlessParameter && parameters[rule.unlessParameter] === true))
    .map((rule) => ({
      position: definition.fields.findIndex((field) => field.name === rule.field),
      equals: rule.equals === null ? null : String(rule.equals),
    }));
  if (rules.length === 0) return null;
  return (values) => rules.some((rule) => values[rule.position] === rule.equals);
}
