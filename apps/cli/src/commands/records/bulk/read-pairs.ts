import { limits } from "@waybill/core/limits";
import { parse } from "csv-parse/sync";
import { CliFailure } from "../../../failure.ts";
import { readLocalFile } from "../../../local-file.ts";

/** What spreadsheets separate columns by. */
const delimiters = [",", ";", "\t"];

interface Row {
  record: string[];
  info: { lines: number };
}

/**
 * New values by the old ones, from a CSV file of two columns under a header row, whatever a spreadsheet separates them by.
 * Throws `CliFailure` when there is no such file that can be read, with the line at fault.
 */
export async function readPairs(path: string): Promise<Record<string, string>> {
  const [, ...rows] = parsePairs(path, decode(path, await readLocalFile(path)));
  if (rows.length === 0) throw invalid(path, "holds no pair. Write one in each line under the header row.");
  if (rows.length > limits.mappedValuesMax) {
    throw invalid(path, `holds ${rows.length} pairs, and may hold ${limits.mappedValuesMax}. Split it.`);
  }
  const values = new Map<string, string>();
  for (const { record, info } of rows) {
    const [from = "", to = "", ...more] = record;
    if (record.length < 2 || more.length > 0) {
      throw invalid(path, `has ${record.length} columns in line ${info.lines}. Give each line two.`);
    }
    if (values.has(from)) {
      throw invalid(path, `has ${JSON.stringify(from)} again in line ${info.lines}. Keep one of the two.`);
    }
    values.set(from, to);
  }
  return Object.fromEntries(values);
}

function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalid(path, "is not UTF-8 text. Save it as CSV in UTF-8.");
  }
}

function parsePairs(path: string, text: string): Row[] {
  const delimiter = delimiters.find((one) => readRows(path, text, { delimiter: one, to: 1 })[0]?.record.length === 2);
  if (delimiter) return readRows(path, text, { delimiter });
  throw invalid(path, "has no header row of two columns. Name them in its first line, such as: old,new");
}

function readRows(path: string, text: string, options: { delimiter: string; to?: number }): Row[] {
  try {
    // csv-parse does not type what `info` does to its rows.
    return parse(text, {
      ...options,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as Row[];
  } catch (error) {
    throw invalid(path, `cannot be read as CSV (${error instanceof Error ? error.message : error}).`);
  }
}

function invalid(path: string, what: string): CliFailure {
  return new CliFailure("pairs_invalid", `${JSON.stringify(path)} ${what}`);
}
