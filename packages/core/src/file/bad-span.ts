import { limits } from "../limits.ts";
import { countLineEnds, mayGrow, type QuoteSigns, readQuotedRecord } from "./quoted-record.ts";

/** What is turned away for a bad quote: up to `end`, with so many line ends inside. -1 when more text must tell. */
export interface BadSpan {
  end: number;
  lineEndsInside: number;
}

/**
 * Tells what the bad quote at `badAt` costs the record that begins at `at` and whose first line ends at `end`: all lines
 * up to that of the quote, since they stood within quotes and are no records. It costs the first line alone when the
 * quote is far away, or when its line is a good record by itself: then a quote of the first line was never closed.
 */
export function readBadSpan(
  text: string,
  { at, end, badAt }: { at: number; end: number; badAt: number },
  signs: QuoteSigns,
): BadSpan {
  const firstLine = { end, lineEndsInside: 0 };
  const before = text.slice(at, badAt);
  const lineEndsInside = countLineEnds(before);
  if (lineEndsInside === 0 || lineEndsInside >= limits.csvBadQuoteLinesMax) return firstLine;
  const lastLine = readQuotedRecord(text, at + lastLineStart(before), signs);
  const lastEnd = lineEnd(text, badAt, signs.last);
  if ((lastLine.kind === "unfinished" || lastEnd < 0) && mayGrow(text, at)) return { end: -1, lineEndsInside };
  const fits = (position: number) => position >= 0 && position - at <= limits.csvRecordCharactersMax;
  if ((lastLine.kind === "record" && fits(lastLine.end)) || !fits(lastEnd)) return firstLine;
  return { end: lastEnd, lineEndsInside };
}

function lastLineStart(text: string): number {
  return Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
}

/** -1 when more text may change it. */
function lineEnd(text: string, from: number, last: boolean): number {
  const length = text.slice(from).search(/[\r\n]/);
  const end = length < 0 ? text.length : from + length;
  const unsure = end === text.length || (text[end] === "\r" && end === text.length - 1);
  return unsure && !last ? -1 : end;
}
