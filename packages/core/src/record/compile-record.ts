import type { Definition, Field } from "../definition/definition.ts";
import { sourceTimeZone } from "../definition/time-zone.ts";
import { type RecordIssue, recordIssue } from "./issue-code.ts";
import { matchHeader } from "./match-header.ts";
import { compileSkipRules } from "./skip-rule.ts";
import { hasInvalidBytes, isSuspicious, showInvalidBytes } from "./source-text.ts";
import type { Complain } from "./text-checks.ts";
import { compileTransforms } from "./transform.ts";
import { compileValueChecker } from "./value-checker.ts";

/**
 * What became of a record. `values` are canonical texts in the order of the definition's fields, null where empty; those of
 * a field that has an issue mean nothing, and there are none of a row that could not be laid out in its columns.
 */
export type RecordOutcome =
  | { kind: "accepted"; values: (string | null)[] }
  | { kind: "skipped" }
  | { kind: "rejected"; issues: RecordIssue[]; values: (string | null)[] };

/** For each attachment that was given, the values that each of its columns holds. */
export type Lookups = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** What the rules of a definition need to know of one run. */
export interface RecordContext {
  header: readonly string[];
  parameters: Record<string, unknown>;
  attachments: Lookups;
}

/** Reads one field of a row; adds to `issues` what is wrong with it. */
type FieldReader = (row: readonly string[], issues: RecordIssue[], suspicious: boolean) => string | null;

/**
 * Compiles a definition to one function that takes a row and gives the typed record, or all of its issues at once.
 * Of a row that is not suspicious it is known that it holds neither invalid bytes nor a NUL. Throws a RangeError when
 * the header does not fit, which `matchHeader` tells beforehand.
 */
export function compileRecord(
  definition: Definition,
  context: RecordContext,
): (row: readonly string[], suspicious?: boolean) => RecordOutcome {
  const matched = matchHeader(definition, context.header);
  if (!matched.ok) throw new RangeError(matched.message);
  const columns = context.header.length;
  const readers = definition.fields.map((field, index) =>
    compileField(definition, field, matched.positions[index] ?? -1, context),
  );
  const isSkipped = compileSkipRules(definition, context.parameters);
  return (row, suspicious = true) => {
    if (row.length !== columns) return { kind: "rejected", issues: [wrongLength(row, columns)], values: [] };
    const issues: RecordIssue[] = [];
    const values = new Array<string | null>(readers.length);
    for (let index = 0; index < readers.length; index++)
      values[index] = (readers[index] as FieldReader)(row, issues, suspicious);
    if (isSkipped?.(values, issues)) return { kind: "skipped" };
    return issues.length === 0 ? { kind: "accepted", values } : { kind: "rejected", issues, values };
  };
}

function compileField(definition: Definition, field: Field, position: number, context: RecordContext): FieldReader {
  if (field.value) return compileGivenValue(field, definition, context);
  const transform = compileTransforms(field.transform);
  const check = compileValueChecker(field, sourceTimeZone(definition));
  const isKnown = compileReference(definition, field, context);
  const fallback = field.default === undefined ? null : String(field.default);
  const { name } = field;
  return (row, issues, suspicious) => {
    const source = position < 0 ? "" : (row[position] as string);
    if (suspicious && isSuspicious(source) && !isClean(name, source, issues)) return null;
    let text = transform ? transform(source) : source;
    if (field.type !== "text") text = text.trim();
    if (text === "") {
      if (fallback === null) {
        if (field.required) issues.push(recordIssue(name, "required", `${name} is required and is empty.`, source));
        return null;
      }
      text = fallback;
    }
    const before = issues.length;
    const complain: Complain = (code, message) => issues.push(recordIssue(name, code, message, source));
    const value = check(text, complain);
    if (isKnown && issues.length === before && !isKnown(value)) {
      complain("reference_unknown", `${name} is not in the attached table.`);
    }
    return value;
  };
}

/** A field whose value comes from a parameter or the definition itself is the same for every record. */
function compileGivenValue(field: Field, definition: Definition, context: RecordContext): FieldReader {
  const given =
    field.value && "parameter" in field.value ? context.parameters[field.value.parameter] : field.value?.constant;
  if (given === null || given === undefined) {
    const issue = recordIssue(
      field.name,
      "required",
      `${field.name} is required, and its parameter has no value.`,
      null,
    );
    return (_row, issues) => {
      if (field.required) issues.push(issue);
      return null;
    };
  }
  const found: RecordIssue[] = [];
  const text = String(given);
  const value = compileValueChecker(field, sourceTimeZone(definition))(text, (code, message) =>
    found.push(recordIssue(field.name, code, message, text)),
  );
  return (_row, issues) => {
    issues.push(...found);
    return value;
  };
}

/** The values of the attachment's column, each read by the rules of the field, so that `007` is found as `7`. */
function compileReference(
  definition: Definition,
  field: Field,
  context: RecordContext,
): ((value: string) => boolean) | null {
  if (!field.references || !("attachment" in field.references)) return null;
  const { attachment, column } = field.references;
  const listed = context.attachments.get(attachment)?.get(column);
  if (!listed) return null;
  const transform = compileTransforms(field.transform);
  const check = compileValueChecker(field, sourceTimeZone(definition));
  const known = new Set<string>();
  for (const text of listed) {
    for (const form of [text, text.trim()]) known.add(check(transform ? transform(form) : form, () => undefined));
  }
  return (value) => known.has(value);
}

function isClean(name: string, text: string, issues: RecordIssue[]): boolean {
  const before = issues.length;
  if (hasInvalidBytes(text)) {
    const message = `${name} holds bytes that are not valid text. Save the file as UTF-8.`;
    issues.push(recordIssue(name, "invalid_encoding", message, showInvalidBytes(text)));
  }
  if (text.includes("\0")) {
    issues.push(
      recordIssue(name, "nul_character", `${name} holds a NUL character. Take it out.`, text.replaceAll("\0", "\\0")),
    );
  }
  return issues.length === before;
}

function wrongLength(row: readonly string[], columns: number): RecordIssue {
  const code = row.length < columns ? "too_few_columns" : "too_many_columns";
  return recordIssue(null, code, `The row has ${row.length} columns and the header has ${columns}.`, null);
}
