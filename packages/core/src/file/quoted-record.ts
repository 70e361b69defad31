import { limits } from "../limits.ts";

/**
 * What a record that holds quotes turned out to be. `end` is where its line end stands, `badAt` where the quote that is
 * bad does. Of a record with more than `csvColumnsMax` columns, one column more is read.
 */
export type QuotedRecord =
  | { kind: "record"; values: string[]; end: number; lineEndsInside: number }
  | { kind: "unfinished" }
  | { kind: "bad"; message: string; badAt: number };

/** How quotes are to be read. */
export interface QuoteSigns {
  delimiter: string;
  quote: string;
  /** Whether no more text will come. */
  last: boolean;
}

/** Reads the record at `at`, in which a value may stand in quotes; a quote within one is written twice. */
export function readQuotedRecord(text: string, at: number, signs: QuoteSigns): QuotedRecord {
  const values: string[] = [];
  let columns = 0;
  let from = at;
  let lineEndsInside = 0;
  for (;;) {
    const value = text.startsWith(signs.quote, from)
      ? readQuotedValue(text, from, signs)
      : readBareValue(text, from, signs);
    if (value.kind !== "value") {
      if (value.kind === "unfinished") return value;
      return { kind: "bad", message: `Column ${columns + 1}: ${value.reason}`, badAt: value.at };
    }
    columns++;
    if (columns <= limits.csvColumnsMax + 1) values.push(value.text);
    lineEndsInside += value.lineEnds;
    from = value.end;
    if (from >= text.length || isLineEnd(text, from)) return { kind: "record", values, end: from, lineEndsInside };
    from += 1;
  }
}

/** Whether the record at `at`, not finished yet, can still turn out to be no longer than a record may be. */
export function mayGrow(text: string, at: number): boolean {
  const lineEndCharactersMax = 2;
  return text.length - at < limits.csvRecordCharactersMax + lineEndCharactersMax;
}

type Value =
  | { kind: "value"; text: string; end: number; lineEnds: number }
  | { kind: "unfinished" }
  | { kind: "bad"; reason: string; at: number };

function readQuotedValue(text: string, at: number, { delimiter, quote, last }: QuoteSigns): Value {
  let value = "";
  let from = at + 1;
  for (;;) {
    const close = text.indexOf(quote, from);
    if (close < 0)
      return last ? { kind: "bad", reason: "a quote is opened and never closed.", at } : { kind: "unfinished" };
    if (text[close + 1] === quote) {
      value += text.slice(from, close + 1);
      from = close + 2;
      continue;
    }
    const end = close + 1;
    if (!last && (end >= text.length || (text[end] === "\r" && end + 1 >= text.length))) return { kind: "unfinished" };
    if (end < text.length && text[end] !== delimiter && !isLineEnd(text, end)) {
      return { kind: "bad", reason: "text follows the closing quote; write a quote within a value twice.", at: close };
    }
    value += text.slice(from, close);
    return { kind: "value", text: value, end, lineEnds: countLineEnds(value) };
  }
}

function readBareValue(text: string, at: number, { delimiter, quote, last }: QuoteSigns): Value {
  let end = at;
  while (end < text.length && text[end] !== delimiter && !isLineEnd(text, end)) {
    if (text[end] === quote)
      return {
        kind: "bad",
        reason: "a quote stands within a value; put the value in quotes and write the quote twice.",
        at: end,
      };
    end++;
  }
  if (!last && (end >= text.length || (text[end] === "\r" && end + 1 >= text.length))) return { kind: "unfinished" };
  return { kind: "value", text: text.slice(at, end), end, lineEnds: 0 };
}

function isLineEnd(text: string, at: number): boolean {
  return text[at] === "\n" || text[at] === "\r";
}

/** How many lines end within the text. */
export function countLineEnds(value: string): number {
  return value.match(/\r\n|\n|\r/g)?.length ?? 0;
}
