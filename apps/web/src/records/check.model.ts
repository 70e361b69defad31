import { compileRecord } from "@waybill/core/record/compile-record";
import type { RecordIssue } from "@waybill/core/record/issue-code";
import { matchHeader } from "@waybill/core/record/match-header";
import { compileRecheck } from "@waybill/core/record/recheck";
import { type RecordRules, type RejectedRecord, shownRow } from "../data/records.ts";

/** The rules of one run, compiled. */
export interface Checker {
  /** What is wrong with a record once its row is `row`. */
  issues: (record: Pick<RejectedRecord, "values" | "laidOut" | "issues">, row: readonly string[]) => RecordIssue[];
  /** In which column the field of an issue stands; -1 where it stands in none. */
  columnOf: (field: string | null) => number;
  /** What the definition says of the field in a column; undefined where it names none. */
  fieldAt: (column: number) => RecordRules["definition"]["fields"][number] | undefined;
}

/** Compiles what the server checks by. What only the server knows stays as it said, while its value stays. */
export function compileChecker({ definition, header, parameters, lookups }: RecordRules): Checker | null {
  const matched = matchHeader(definition, header);
  if (!matched.ok) return null;
  const attachments = new Map(
    Object.entries(lookups).map(([attachment, columns]) => [
      attachment,
      new Map(Object.entries(columns).map(([column, values]) => [column, new Set(values)])),
    ]),
  );
  const recheck = compileRecheck(definition, header, compileRecord(definition, { header, parameters, attachments }));
  const positions = new Map(definition.fields.map((field, index) => [field.name, matched.positions[index] ?? -1]));
  const columnOf = (field: string | null) => (field === null ? -1 : (positions.get(field) ?? -1));
  const leftToServer = new Set(
    definition.fields.flatMap(({ name, references }) =>
      references && "attachment" in references && !lookups[references.attachment]?.[references.column] ? name : [],
    ),
  );
  return {
    columnOf,
    fieldAt: (column) => definition.fields.find((_, index) => matched.positions[index] === column),
    issues(record, row) {
      const { issues } = recheck({ row: record.values, issues: record.issues }, row);
      const before = shownRow(record);
      const stays = ({ code, field }: RecordIssue) =>
        code === "reference_unknown" &&
        leftToServer.has(field ?? "") &&
        row[columnOf(field)] === before[columnOf(field)];
      // Nobody types into a field without a column, and what fills it may be a secret that only the server knows.
      const isTyped = ({ field }: RecordIssue) => field === null || columnOf(field) >= 0;
      const filled = record.issues.filter((issue) => !isTyped(issue));
      return [...issues.filter(isTyped), ...filled, ...record.issues.filter((issue) => isTyped(issue) && stays(issue))];
    },
  };
}

/** In which column an issue stands by the name of its field alone, until the rules are there. */
export function columnByName(columns: readonly string[], field: string | null): number {
  if (field === null) return -1;
  return columns.findIndex((column) => column.trim().toLowerCase() === field.toLowerCase());
}

/** The row of a record as long as its header is, with new texts in some columns. */
export function rowWith(
  columns: readonly string[],
  values: readonly string[],
  texts: Readonly<Record<string, string>>,
): string[] {
  return columns.map((column, index) => (Object.hasOwn(texts, column) ? texts[column] : values[index]) ?? "");
}
