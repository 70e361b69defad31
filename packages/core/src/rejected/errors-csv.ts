import type { Definition } from "../definition/definition.ts";
import { protectText } from "../file/spreadsheet-text.ts";
import type { RecordIssue } from "../record/issue-code.ts";
import type { LaidRow } from "../record/laid-row.ts";
import { sourceCells } from "./source-cells.ts";

/** The columns that `errors.csv` adds to those of the source. */
export const errorColumns = ["_line", "_codes", "_messages", "_waybill_id"] as const;
type ErrorColumn = (typeof errorColumns)[number];

/** A record as `errors.csv` tells of it. */
export interface ErrorsCsvRecord {
  id: string;
  revision: number;
  line: number;
  values: string[];
  issues: RecordIssue[];
  /** What is to be said besides its issues. */
  remark?: string | null;
}

/** Which columns of the source are written, by their positions, and which are added. */
export interface Layout {
  header: string[];
  sourceColumns: number;
  kept: number[];
  /** Which of the kept columns are read as numbers. */
  numbers: boolean[];
  added: readonly ErrorColumn[];
}

/** A source that was an `errors.csv` itself has these columns already: they are written anew, unless a field is read from one. */
export function layOut(columns: readonly string[], definition: Definition): Layout {
  const read = new Set(definition.fields.filter((field) => !field.value).map((field) => normal(field.column)));
  const added = errorColumns.filter((name) => !read.has(name));
  const kept = columns.flatMap((name, index) => (added.some((one) => one === normal(name)) ? [] : index));
  const header = [...kept.map((index) => protectText(columns[index] ?? "", false)), ...added];
  const numbers = kept.map((index) => holdsNumbers(definition, columns[index] ?? ""));
  return { header, sourceColumns: columns.length, kept, numbers, added };
}

/** Whether all fields that are read from a column are numbers. */
export function holdsNumbers({ fields }: Definition, column: string): boolean {
  const readers = fields.filter((field) => !field.value && normal(field.column) === normal(column));
  return readers.length > 0 && readers.every(({ type }) => type === "integer" || type === "decimal");
}

/** Whether a source is an `errors.csv` that comes back. */
export function isErrorsCsv(header: readonly string[]): boolean {
  return header.some((name) => normal(name) === "_waybill_id");
}

/** The row of a record; what a spreadsheet might run or spoil is protected. */
export function toErrorsRow(record: ErrorsCsvRecord, layout: Layout): string[] {
  return withAdded(keptCells(record, layout), record, layout);
}

/** The same for a person to correct: a record that does not fit the header is laid out under it as far as it goes. */
export function toCorrectableRow(record: ErrorsCsvRecord & { laidOut: LaidRow | null }, layout: Layout): string[] {
  const { laidOut } = record;
  const row = laidOut?.row ?? record.values;
  const cells = layout.kept.map((index) => row[index] ?? "");
  return withAdded(cells, { ...record, remark: laidOut && describeLaidRow(laidOut) }, layout);
}

/** What a row lost as it was laid out, and what to do where it is right without. */
function describeLaidRow({ beyond }: LaidRow): string {
  const shown = beyond.map((text) => JSON.stringify(text)).join(", ");
  const lost = beyond.length > 0 ? ` Left out, for want of a column: ${shown}.` : "";
  return `Laid out under the columns as far as it goes.${lost} If it is right as it stands here, empty its _codes.`;
}

function withAdded(cells: string[], record: ErrorsCsvRecord, { added, numbers }: Layout): string[] {
  const safe = cells.map((text, index) => protectText(text, numbers[index] ?? false));
  return [...safe, ...added.map((column) => errorCell[column](record))];
}

/** A name of a column, without regard to case and surrounding spaces. */
export function normal(column: string): string {
  return column.trim().toLowerCase();
}

const errorCell: Record<ErrorColumn, (record: ErrorsCsvRecord) => string> = {
  _line: ({ line }) => String(line),
  _codes: ({ issues }) => issues.map(({ field, code }) => (field ? `${field}:${code}` : code)).join(" "),
  _messages: ({ issues, remark }) => [...issues.map(({ message }) => message), remark ?? ""].join(" ").trimEnd(),
  _waybill_id: ({ id, revision }) => writeRecordId(id, revision),
};

/** A record that could not be cut into its columns keeps a row that does not fit the header. */
function keptCells({ values, issues }: ErrorsCsvRecord, { kept, sourceColumns }: Layout): string[] {
  const cells = sourceCells(values, issues, sourceColumns);
  if (cells.length === sourceColumns) return kept.map((index) => cells[index] ?? "");
  return cells.length === kept.length ? [...cells, ""] : cells;
}

/** A record as whoever exported it has seen it: its id and revision. */
export function writeRecordId(id: string, revision: number): string {
  return `${id}@${revision}`;
}

/** What `writeRecordId` wrote; null for any other text. */
export function readRecordId(text: string): { id: string; revision: number } | null {
  const match = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@(\d{1,9})$/i.exec(text.trim());
  return match ? { id: (match[1] ?? "").toLowerCase(), revision: Number(match[2]) } : null;
}
