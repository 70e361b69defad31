import type { RecordIssue } from "./issue-code.ts";

/** What the columns of a source are: how many, and what stands between them. */
export interface RowLayout {
  columns: number;
  delimiter: string;
}

/** A row under the columns of its source, as long as the header is, and the values for which there is no column. */
export interface LaidRow {
  row: string[];
  beyond: string[];
}

const quote = '"';

/**
 * Lays a row out under its columns as far as it goes. One that a bad quote kept whole is cut at the delimiters, except at
 * those within quotes that are sound.
 */
export function layRow(
  row: readonly string[],
  issues: readonly RecordIssue[],
  { columns, delimiter }: RowLayout,
): LaidRow {
  const [text] = row;
  const isWhole = row.length === 1 && text !== undefined && issues.some(({ code }) => code === "bad_quote");
  const cells = isWhole ? cutLeniently(text, delimiter) : row;
  return { row: Array.from({ length: columns }, (_, index) => cells[index] ?? ""), beyond: cells.slice(columns) };
}

/** Cuts a line whose quotes are not all sound: one that does not hold a whole value is a character like others. */
function cutLeniently(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let at = 0;
  do {
    const quoted = readSoundQuotes(line, at, delimiter);
    const end = quoted?.end ?? indexOrEnd(line, delimiter, at);
    cells.push(quoted?.text ?? line.slice(at, end));
    at = end + 1;
  } while (at <= line.length);
  return cells;
}

function readSoundQuotes(line: string, at: number, delimiter: string): { text: string; end: number } | null {
  if (line[at] !== quote) return null;
  let close = line.indexOf(quote, at + 1);
  while (close >= 0 && line[close + 1] === quote) close = line.indexOf(quote, close + 2);
  const end = close + 1;
  if (close < 0 || (end < line.length && line[end] !== delimiter)) return null;
  return { text: line.slice(at + 1, close).replaceAll(quote + quote, quote), end };
}

function indexOrEnd(text: string, search: string, from: number): number {
  const index = text.indexOf(search, from);
  return index < 0 ? text.length : index;
}
