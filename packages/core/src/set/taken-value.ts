import type { Parameter } from "../definition/definition.ts";
import type { ParameterType } from "../definition/names.ts";
import { type Moment, resolveValue } from "../definition/resolve-parameters.ts";

/**
 * The types of a set's parameter that a parameter of each type can be taken from: those that have a value which both can
 * be. A secret is shown nowhere, so it is taken as a secret alone, and from nothing that is shown.
 */
const takenTypes: Record<ParameterType, readonly ParameterType[]> = {
  text: ["text", "integer", "decimal", "date", "timestamp", "choice"],
  integer: ["integer", "decimal", "text", "choice"],
  decimal: ["decimal", "integer", "text", "choice"],
  boolean: ["boolean", "integer", "decimal", "text", "choice"],
  date: ["date", "text", "choice"],
  timestamp: ["timestamp", "text", "choice"],
  choice: ["choice", "text", "integer", "decimal", "boolean", "date", "timestamp"],
  choices: ["choices", "choice", "text", "integer", "decimal", "boolean", "date", "timestamp"],
  secret: ["secret"],
  timeframe: ["timeframe", "text", "choice"],
};

/** Why no value of a set's parameter can be one of this parameter of a step; null where one can. */
export function whyNotTaken(parameter: Parameter, from: Parameter, moment: Moment): string | null {
  const types = takenTypes[parameter.type];
  if (!types.includes(from.type)) {
    const told = `takes ${JSON.stringify(from.key)} of type ${from.type}, which does not fit type ${parameter.type}`;
    return `${told}. Take a parameter of the set of type ${types.join(" or ")}`;
  }
  const choices = from.type === "choice" || from.type === "choices" ? (from.choices ?? []) : [];
  const reasons = choices.map((choice) => reasonAgainst(parameter, choice, moment));
  if (choices.length === 0 || reasons.includes(null)) return null;
  return `takes ${JSON.stringify(from.key)}, none of whose choices fits: it ${reasons[0]}`;
}

function reasonAgainst(parameter: Parameter, choice: string, moment: Moment): string | null {
  const resolved = resolveValue(parameter, choice, moment);
  return "reason" in resolved ? resolved.reason : null;
}
