import { limits } from "../limits.ts";
import { isSuspicious } from "../record/source-text.ts";
import { readBadSpan } from "./bad-span.ts";
import { mayGrow, readQuotedRecord } from "./quoted-record.ts";

/** A record that could not be read: why, with the code of its issue. */
export interface CsvFault {
  code: "bad_quote" | "record_too_long" | "too_many_columns";
  message: string;
}

/**
 * One data row. `number` counts from 1, `line` is the physical line where it starts, `text` is the row as it stands,
 * without its line end. A faulty record holds its text, or the beginning of one that is too long or too wide, as its
 * only value.
 */
export interface CsvRecord {
  line: number;
  number: number;
  text: string;
  values: string[];
  fault: CsvFault | null;
  /** Whether it may hold invalid bytes or a NUL, by a quick look that is right when it says no. */
  suspicious: boolean;
}

/**
 * Cuts text into records as it comes. Lines end in LF, CRLF or CR, also mixed; empty lines are no records. A record
 * with a bad quote costs its own line, or the few lines that its quotes embrace: reading goes on at the next one.
 */
export class CsvScanner {
  readonly #delimiter: string;
  readonly #quote: string;
  #text = "";
  #line = 1;
  #number = 1;
  #skipping = false;
  #suspicious = false;

  constructor(delimiter: string, quote: string) {
    this.#delimiter = delimiter;
    this.#quote = quote;
  }

  /** The records that are complete with this text. */
  push(text: string): CsvRecord[] {
    this.#text += text;
    return this.#scan(false);
  }

  /** The records that remain when no more text will come. */
  end(): CsvRecord[] {
    return this.#scan(true);
  }

  #scan(last: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    const text = this.#text;
    this.#suspicious = isSuspicious(text);
    const ends = new LineEnds(text, last);
    let quoteAt = -1;
    let at = 0;
    while (at < text.length) {
      const end = ends.after(at);
      if (this.#skipping) {
        this.#skipping = end < 0;
        at = end < 0 ? text.length : this.#nextLine(text, end);
        if (!this.#skipping) continue;
        if (text.endsWith("\r")) at--;
        break;
      }
      if (quoteAt < at) quoteAt = indexOrLength(text, this.#quote, at);
      const quoted = quoteAt < (end < 0 ? text.length : end);
      if (quoted) {
        const next = this.#takeQuoted(records, text, at, end, last);
        if (next < 0) break;
        at = next;
      } else if (end < 0 ? !mayGrow(text, at) : end - at > limits.csvRecordCharactersMax) {
        this.#refuse(records, beginning(text, at, end), tooLong());
        this.#skipping = true;
      } else if (end < 0) {
        break;
      } else {
        if (end > at)
          this.#take(records, text.slice(at, end).split(this.#delimiter, limits.csvColumnsMax + 1), text, at, end);
        at = this.#nextLine(text, end);
      }
    }
    this.#text = text.slice(at);
    return records;
  }

  /** Takes a record with quotes whose first line ends at `end`; gives where to go on, or -1 to wait for more text. */
  #takeQuoted(records: CsvRecord[], text: string, at: number, end: number, last: boolean): number {
    const signs = { delimiter: this.#delimiter, quote: this.#quote, last };
    const record = readQuotedRecord(text, at, signs);
    switch (record.kind) {
      case "record":
        if (record.end - at > limits.csvRecordCharactersMax) break;
        this.#take(records, record.values, text, at, record.end);
        this.#line += record.lineEndsInside;
        return this.#nextLine(text, record.end);
      case "unfinished":
        if (mayGrow(text, at)) return -1;
        break;
      case "bad": {
        if (record.badAt - at > limits.csvRecordCharactersMax) break;
        const span = readBadSpan(text, { at, end, badAt: record.badAt }, signs);
        if (span.end < 0 && mayGrow(text, at)) return -1;
        if (span.end < 0 || span.end - at > limits.csvRecordCharactersMax) break;
        this.#refuse(records, text.slice(at, span.end), { code: "bad_quote", message: record.message });
        this.#line += span.lineEndsInside;
        return this.#nextLine(text, span.end);
      }
    }
    this.#refuse(records, beginning(text, at, end), tooLong());
    this.#skipping = true;
    return at;
  }

  #take(records: CsvRecord[], values: string[], text: string, at: number, end: number): void {
    if (values.length > limits.csvColumnsMax) this.#refuse(records, beginning(text, at, end), tooWide());
    else
      records.push({
        line: this.#line,
        number: this.#number++,
        text: text.slice(at, end),
        values,
        fault: null,
        suspicious: this.#suspicious,
      });
  }

  #refuse(records: CsvRecord[], text: string, fault: CsvFault): void {
    records.push({ line: this.#line, number: this.#number++, text, values: [text], fault, suspicious: true });
  }

  #nextLine(text: string, end: number): number {
    this.#line++;
    return text[end] === "\r" && text[end + 1] === "\n" ? end + 2 : end + 1;
  }
}

/** Finds the ends of lines, looking at each character once. */
class LineEnds {
  readonly #text: string;
  readonly #last: boolean;
  #lineFeed = -1;
  #return = -1;

  constructor(text: string, last: boolean) {
    this.#text = text;
    this.#last = last;
  }

  /** Where the line at `at` ends; the text's length at its last end; -1 when more text may change it. */
  after(at: number): number {
    const text = this.#text;
    if (this.#lineFeed < at) this.#lineFeed = indexOrLength(text, "\n", at);
    if (this.#return < at) this.#return = indexOrLength(text, "\r", at);
    const end = Math.min(this.#lineFeed, this.#return);
    if (this.#last) return end;
    const unsure = end === text.length || (end === this.#return && end === text.length - 1);
    return unsure ? -1 : end;
  }
}

function indexOrLength(text: string, search: string, from: number): number {
  const index = text.indexOf(search, from);
  return index < 0 ? text.length : index;
}

/** The first characters of a record, copied, since a slice would hold on to all that was read with it. */
function beginning(text: string, at: number, end: number): string {
  const kept = text.slice(at, Math.min(end < 0 ? text.length : end, at + limits.csvKeptCharacters));
  return Buffer.from(kept.replace(/[\uD800-\uDBFF]$/, ""), "utf16le").toString("utf16le");
}

function tooLong(): CsvFault {
  const message = `The record is longer than ${limits.csvRecordCharactersMax} characters, or a quote in it is never closed.`;
  return { code: "record_too_long", message };
}

function tooWide(): CsvFault {
  const message = `The row has more than ${limits.csvColumnsMax} columns, the most that are allowed.`;
  return { code: "too_many_columns", message };
}
