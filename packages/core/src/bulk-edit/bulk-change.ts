import { RE2JS } from "re2js";
import { z } from "zod";
import { transformSchema } from "../definition/definition.ts";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { compileTransforms } from "../record/transform.ts";

const column = z.string().max(limits.csvRecordCharactersMax);
const text = z.string().max(limits.bulkTextCharactersMax);

/** What is done to one column of each record. */
export const bulkChange = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("set"), column, value: text }),
  z.strictObject({
    kind: z.literal("replace"),
    column,
    find: text.min(1, "Say which text is to be replaced."),
    /** Of a pattern, `$1` is what its first group found, and `$$` a dollar sign. */
    with: text,
    /** Whether `find` is a pattern in the syntax of RE2. */
    pattern: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal("transform"), column, transform: transformSchema }),
  z.strictObject({
    kind: z.literal("map"),
    column,
    /** New values by the old ones; a value that is not among them stays. */
    values: z.record(text, text).refine((values) => Object.keys(values).length <= limits.mappedValuesMax, {
      message: `may map at most ${limits.mappedValuesMax} values`,
    }),
  }),
]);
export type BulkChange = z.output<typeof bulkChange>;

/** Compiles a change to what it makes of a value. Throws `pattern_invalid`. */
export function compileChange(change: BulkChange): (value: string) => string {
  switch (change.kind) {
    case "set":
      return () => change.value;
    case "replace":
      return change.pattern ? compileReplacement(change.find, change.with) : replaceText(change.find, change.with);
    case "transform":
      return compileTransforms([change.transform]) ?? ((value) => value);
    case "map": {
      const values = new Map(Object.entries(change.values));
      return (value) => values.get(value) ?? value;
    }
  }
}

function replaceText(find: string, to: string): (value: string) => string {
  return (value) => {
    const parts = value.split(find);
    return grows(value, parts.length - 1, to) ? value : parts.join(to);
  };
}

/** Whether a value would become longer than a record may be; then it is left as it is. */
function grows(value: string, found: number, to: string): boolean {
  const groups = to.split("$").length - 1;
  return value.length * (1 + groups) + found * to.length > limits.csvRecordCharactersMax;
}

function countMatches(expression: RE2JS, value: string): number {
  const matcher = expression.matcher(value);
  let count = 0;
  while (matcher.find()) count++;
  return count;
}

/** Throws where a replacement asks for a group that the pattern does not have. */
function checkGroups(to: string, groups: number): void {
  for (const [, number] of to.matchAll(/\$(\$|\d+)/g)) {
    if (number !== "$" && (Number(number) > groups || Number(number) === 0))
      throw new RangeError(`it has no group $${number}`);
  }
}

/** What takes the place of each match of one value; nothing where nothing was found right after a match, as RE2 has it. */
function replacing(to: string, groups: number): (match: string, ...found: unknown[]) => string {
  let end = -1;
  return (match, ...found) => {
    const at = Number(found[groups]);
    if (match === "" && at === end) return "";
    end = at + match.length;
    return to.replaceAll(/\$(\$|\d+)/g, (_, sign: string) =>
      sign === "$" ? "$" : String(found[Number(sign) - 1] ?? ""),
    );
  };
}

/** RE2 takes time in proportion to the text, whatever the pattern is. */
function compileReplacement(pattern: string, to: string): (value: string) => string {
  try {
    const expression = RE2JS.compile(pattern);
    const groups = expression.groupCount();
    checkGroups(to, groups);
    return (value) => {
      if (grows(value, countMatches(expression, value), to)) return value;
      return expression.matcher(value).replaceAll(replacing(to, groups));
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `The pattern ${JSON.stringify(pattern)} cannot be used: ${why}. Patterns have the syntax of RE2, without look-around and back-references.`;
    throw new WaybillError("pattern_invalid", message);
  }
}
