import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { listNames } from "../record/match-header.ts";
import type { HeldRecord } from "./held-record.ts";
import type { RecordRules } from "./record-rules.ts";

/** The row with new texts in some columns, as long as the header is. Throws `edit_invalid`. */
export function editRow(
  record: Pick<HeldRecord, "row">,
  values: Record<string, string>,
  { header }: Pick<RecordRules, "header">,
): string[] {
  const row = header.map((_, index) => record.row[index] ?? "");
  for (const [name, text] of Object.entries(values)) {
    const position = header.indexOf(name);
    if (position < 0) {
      throw editInvalid(`The record has no column ${JSON.stringify(name)}. It has ${listNames(header)}.`, {
        column: name,
      });
    }
    row[position] = text;
  }
  const fault = faultOfRow(row);
  if (fault) throw editInvalid(`The record would be one that ${fault}`);
  return row;
}

/** Why nobody may make a record of a row, as the end of a sentence about it; null where somebody may. */
export function faultOfRow(row: readonly string[]): string | null {
  if (row.some((text) => text.includes("\0"))) return "holds a NUL character. Take it out.";
  return isTooLong(row) ? `is longer than ${limits.csvRecordCharactersMax} characters. Shorten it.` : null;
}

/** Whether a row has more characters than a record of a source may have, its delimiters counted. */
export function isTooLong(row: readonly string[]): boolean {
  return row.reduce((sum, text) => sum + text.length + 1, -1) > limits.csvRecordCharactersMax;
}

/** The error of an edit that cannot be made, whatever the record is. */
export function editInvalid(message: string, details: Record<string, unknown> = {}): WaybillError {
  return new WaybillError("edit_invalid", message, details);
}
