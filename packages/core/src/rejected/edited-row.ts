import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { layRow } from "../record/laid-row.ts";
import { listNames } from "../record/match-header.ts";
import type { HeldRecord } from "./held-record.ts";
import type { RecordRules } from "./record-rules.ts";

type EditedRules = Pick<RecordRules, "header" | "delimiter" | "definition" | "positions">;

/** The row, laid out under the header where it does not fit, with new texts in some columns. Throws `edit_invalid`. */
export function editRow(
  record: Pick<HeldRecord, "row" | "issues">,
  values: Record<string, string>,
  rules: EditedRules,
): string[] {
  const { header, delimiter } = rules;
  if (Object.keys(values).length === 0 && record.row.length === header.length) {
    throw editInvalid("The edit names no column, and the row fits its columns already. Name at least one.");
  }
  const { row } = layRow(record.row, record.issues, { columns: header.length, delimiter });
  for (const [name, text] of Object.entries(values)) {
    const position = placeOf(name, rules);
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

/** Where a column stands, or the one that a field of this name is read from; -1 where there is none. */
function placeOf(name: string, { header, definition, positions }: EditedRules): number {
  const column = header.indexOf(name);
  return column >= 0 ? column : (positions[definition.fields.findIndex((field) => field.name === name)] ?? -1);
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
