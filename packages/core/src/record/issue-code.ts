/** What kind of issue: the record breaks its definition, or the destination turned it away. */
export const issueKinds = ["data", "transactional"] as const;
export type IssueKind = (typeof issueKinds)[number];

/** Every code that an issue of a record can have, with its kind and what it means. Codes never change their meaning. */
export const issueCodes = {
  required: { kind: "data", sentence: "A required field is empty." },
  too_short: { kind: "data", sentence: "The text is shorter than allowed." },
  too_long: { kind: "data", sentence: "The text is longer than allowed." },
  pattern_mismatch: { kind: "data", sentence: "The text does not have the form that the definition asks for." },
  format_invalid: { kind: "data", sentence: "The text is not a valid e-mail address, UUID or URL." },
  not_an_integer: { kind: "data", sentence: "The value is not a whole number." },
  not_a_decimal: { kind: "data", sentence: "The value is not a number." },
  scale_exceeded: { kind: "data", sentence: "The number has more digits after the point than allowed." },
  precision_exceeded: { kind: "data", sentence: "The number has more digits than allowed." },
  not_a_boolean: { kind: "data", sentence: "The value is neither true nor false." },
  not_a_date: { kind: "data", sentence: "The value is not a date of the calendar in the expected form." },
  not_a_time: { kind: "data", sentence: "The value is not a time of day in the expected form." },
  not_a_timestamp: { kind: "data", sentence: "The value is not a date with a time in the expected form." },
  not_a_choice: { kind: "data", sentence: "The value is not one of the choices." },
  below_min: { kind: "data", sentence: "The value is below the lowest that is allowed." },
  above_max: { kind: "data", sentence: "The value is above the highest that is allowed." },
  not_unique: {
    kind: "data",
    sentence: "An earlier record of the file has the same value in a field that must be unique.",
  },
  reference_unknown: { kind: "data", sentence: "The value is not in the attached table." },
  too_few_columns: { kind: "data", sentence: "The row has fewer columns than the header." },
  too_many_columns: { kind: "data", sentence: "The row has more columns than the header." },
  bad_quote: { kind: "data", sentence: "A quotation mark in the row is not closed or not doubled." },
  nul_character: { kind: "data", sentence: "The value holds a NUL character." },
  invalid_encoding: { kind: "data", sentence: "The value holds bytes that are not valid in the file's encoding." },
  record_too_long: { kind: "data", sentence: "The row is longer than a record may be." },
  reference_missing: { kind: "transactional", sentence: "What the record refers to is not in the destination." },
  duplicate_key: {
    kind: "transactional",
    sentence: "Another record of the destination has this key, or another value that must be unique.",
  },
  constraint_violated: { kind: "transactional", sentence: "The destination has a rule that the record breaks." },
  value_refused: { kind: "transactional", sentence: "The destination cannot hold the value." },
} as const satisfies Record<string, { kind: IssueKind; sentence: string }>;
export type IssueCode = keyof typeof issueCodes;

/** Whether a text is such a code. */
export function isIssueCode(text: string): text is IssueCode {
  return Object.hasOwn(issueCodes, text);
}

/** One thing wrong with one record. `field` is null for the record as a whole; `value` is as it stood in the source. */
export interface RecordIssue {
  field: string | null;
  code: IssueCode;
  kind: IssueKind;
  message: string;
  value: string | null;
}

/** An issue of this code, with its kind from the list. */
export function recordIssue(field: string | null, code: IssueCode, message: string, value: string | null): RecordIssue {
  return { field, code, kind: issueCodes[code].kind, message, value };
}

/** What a code means, as a sentence; empty for a code that is not of this version. */
export function sentenceOf(code: string): string {
  return isIssueCode(code) ? issueCodes[code].sentence : "";
}
