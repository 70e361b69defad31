/** A value as it stands now, and what is to stand there instead. */
export interface ValuePair {
  line: number;
  from: string;
  to: string;
}

/** Something wrong with a line of the table, in a sentence that says what to do. */
export interface LineFault {
  line: number;
  message: string;
}

/** A table of old and new values as it was read. */
export interface ValueTable {
  pairs: ValuePair[];
  faults: LineFault[];
}

const pairsMax = 10_000;
const charactersMax = 10_000;
/** What spreadsheets put between columns: on the clipboard, and in files of different countries. */
const delimiters = ["\t", ";", ","];

/**
 * Reads two columns that were copied from a spreadsheet, or the text of a CSV. Empty lines do not count, and a pair that
 * is there twice counts once.
 */
export function readValueTable(text: string): ValueTable {
  const table: ValueTable = { pairs: [], faults: [] };
  const seen = new Map<string, ValuePair>();
  for (const { line, cells } of readRows(text, delimiterOf(text))) {
    const [from = "", to = ""] = cells;
    const earlier = seen.get(from);
    const message = faultOf(cells, earlier);
    if (message) table.faults.push({ line, message });
    else if (!earlier) {
      const pair = { line, from, to };
      seen.set(from, pair);
      table.pairs.push(pair);
    }
  }
  const next = table.pairs[pairsMax];
  if (next) table.faults.push({ line: next.line, message: `is beyond ${pairsMax} values. Map the rest afterwards.` });
  return { ...table, faults: table.faults.toSorted((one, other) => one.line - other.line) };
}

function faultOf(cells: readonly string[], earlier: ValuePair | undefined): string | null {
  const [from = "", to = ""] = cells;
  if (cells.length === 1) return "has one column. Put the old value in the first and the new one in the second.";
  if (cells.slice(2).some((cell) => cell !== ""))
    return `has ${cells.length} columns. Leave the old and the new value.`;
  if (from.length > charactersMax || to.length > charactersMax) {
    return `has a value of more than ${charactersMax} characters. Take it out.`;
  }
  if (!earlier || earlier.to === to) return null;
  return `makes something else of ${quote(from)} than line ${earlier.line}. Take one of the two out.`;
}

function quote(value: string): string {
  return value === "" ? "an empty value" : `“${value}”`;
}

/** The delimiter by which the first row has two columns. */
function delimiterOf(text: string): string {
  const firstRow = (delimiter: string) => readRows(text, delimiter).next().value;
  return delimiters.find((delimiter) => firstRow(delimiter)?.cells.length === 2) ?? "\t";
}

/** A cell in quotes is one whose quotes end where the cell does; any other is taken as it is. */
function* readRows(text: string, delimiter: string): Generator<{ line: number; cells: string[] }, undefined> {
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"(?=${delimiter}|\\r|\\n|$)|([^${delimiter}\\r\\n]*))(${delimiter}|\\r\\n|\\r|\\n|$)`,
    "g",
  );
  let line = 1;
  let row = { line, cells: [] as string[] };
  for (const [whole, quoted, plain = "", end] of text.matchAll(cell)) {
    row.cells.push(quoted?.replaceAll('""', '"') ?? plain);
    line += whole.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (end === delimiter) continue;
    if (row.cells.some((one) => one !== "")) yield row;
    if (end === "") return;
    row = { line, cells: [] };
  }
}

/** The text of a file that a spreadsheet wrote: UTF-8, UTF-16 with its mark, or else what Windows calls ANSI. */
export function decodeTable(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
