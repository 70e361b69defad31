import { layRow } from "../record/laid-row.ts";
import { hasInvalidBytes } from "../record/source-text.ts";
import { compareDecimals, readDecimal } from "../value/decimal.ts";
import type { CorrectedRow } from "./corrections-file.ts";
import { faultOfRow } from "./edited-row.ts";
import { holdsNumbers } from "./errors-csv.ts";
import type { HeldRecord } from "./held-record.ts";
import type { RecordRules } from "./record-rules.ts";
import { sourceCells } from "./source-cells.ts";

/** The row that a record is to have, null where it stays as it is; or why there is none. */
export type CorrectedRecord = { row: string[] | null } | { fault: string };

/** By which rules a row is read, and where in it each column of the source stands, -1 where it was not exported. */
interface Reading {
  places: readonly number[];
  rules: RecordRules;
}

/** What a row of a corrected file makes of its record. */
export function rowOfCorrection(
  record: HeldRecord,
  corrected: CorrectedRow,
  { places, rules }: Reading,
): CorrectedRecord {
  const columns = rules.header.length;
  if (!corrected.fits) return isAsExported(record, corrected, columns) ? { row: null } : { fault: misfit };
  const isLaidOut = record.row.length !== columns;
  const { row: before } = layRow(record.row, record.issues, { columns, delimiter: rules.delimiter });
  const row = places.map((place, index) => (place < 0 ? before[index] : corrected.cells[place]) ?? "");
  const fault = faultOfRow(row);
  if (fault) return { fault };
  const meant = keepSameMeaning(before, row, record, rules);
  if (meant.some((text, index) => text !== before[index] && hasInvalidBytes(text))) return { fault: notText };
  const isSame = meant.every((text, index) => text === before[index]);
  return { row: isSame && !(isLaidOut && corrected.cleared) ? null : meant };
}

const notText = "holds bytes that are not UTF-8 text. Save the file as CSV UTF-8, and import it again.";
const misfit = "does not fit the header. Lay its values out under the columns, with the record's id under _waybill_id.";

function isAsExported(record: HeldRecord, { cells }: CorrectedRow, columns: number): boolean {
  const exported = sourceCells(record.row, record.issues, columns);
  return exported.length === cells.length && exported.every((text, index) => text === cells[index]);
}

/** A spreadsheet writes 12.50 as 12.5: where the number or the values of all fields stay what they were, the text does too. */
function keepSameMeaning(before: string[], row: string[], record: HeldRecord, rules: RecordRules): string[] {
  const known = { row: before, issues: record.issues };
  const [was, is] = [rules.recheck(known, before), rules.recheck(known, row)];
  const faulty = new Set([...was.issues, ...is.issues].map((issue) => issue.field));
  const same = new Map<number, boolean>();
  for (const [index, { name }] of rules.definition.fields.entries()) {
    const position = rules.positions[index] ?? -1;
    const equal = !faulty.has(name) && was.values.length > 0 && was.values[index] === is.values[index];
    if (position >= 0) same.set(position, (same.get(position) ?? true) && equal);
  }
  return row.map((text, index) => {
    const known = before[index] ?? "";
    const isNumber = holdsNumbers(rules.definition, rules.header[index] ?? "");
    return same.get(index) || (isNumber && isSameNumber(known, text)) ? known : text;
  });
}

function isSameNumber(one: string, other: string): boolean {
  const [a, b] = [readDecimal(one.trim()), readDecimal(other.trim())];
  return a !== null && b !== null && compareDecimals(a, b) === 0;
}
