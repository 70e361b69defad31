import type { Definition, SkipRule } from "../definition/definition.ts";
import { sourceTimeZone } from "../definition/time-zone.ts";
import type { RecordIssue } from "./issue-code.ts";
import { compileValueChecker } from "./value-checker.ts";

/** Whether a record is passed over, by its values and what is wrong with them. */
export type SkipTest = (values: readonly (string | null)[], issues: readonly RecordIssue[]) => boolean;

/**
 * Compiles the rules by which records are passed over to one test; null where no rule is in force. A value that has an
 * issue matches no rule, so that no record is passed over for a value that nobody could read.
 */
export function compileSkipRules(definition: Definition, parameters: Record<string, unknown>): SkipTest | null {
  const rules = definition.skipWhen
    .filter((rule) => !(rule.unlessParameter && parameters[rule.unlessParameter] === true))
    .map((rule) => compileRule(definition, rule));
  if (rules.length === 0) return null;
  return (values, issues) =>
    rules.some(
      ({ field, position, equals }) =>
        values[position] === equals && !issues.some((issue) => issue.field === field && issue.code !== "required"),
    );
}

function compileRule(definition: Definition, rule: SkipRule) {
  const position = definition.fields.findIndex((one) => one.name === rule.field);
  const field = definition.fields[position];
  const canonical = (value: string) =>
    field ? compileValueChecker(field, sourceTimeZone(definition))(value, () => undefined) : value;
  return { field: rule.field, position, equals: rule.equals === null ? null : canonical(String(rule.equals)) };
}
