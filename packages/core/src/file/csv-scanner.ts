import { limits } from "../limits.ts";
import { type QuotedRecord, readQuotedRecord } from "./quoted-record.ts";

/** A record that could not be read: why, with the code of its issue. */
export interface CsvFault {
  code: "bad_quote" | "record_too_long";
  message: string;
}

/**
 * One data row. `number` counts from 1, `line` is the physical line where it starts. A faulty record holds the text of
 * its line as its only value.
 */
export interface CsvRecord {
  line: number;
  number: number;
  values: string[];
  fault: CsvFault | null;
}

/**
 * Cuts text into records as it comes. Lines end in LF, CRLF or CR, also mixed; empty lines are no records. A record
 * with a bad quote costs its own line: reading goes on at the next one.
 */
export class CsvScanner {
  readonly #delimiter: string;
  readonly #quote: string;
  #text = "";
  #line = 1;
  #number = 1;
  #skipping = false;

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
    const ends = new LineEnds(text, last);
    let quoteAt = -1;
    let at = 0;
    while (at < text.length) {
      const end = ends.after(at);
      if (this.#skipping) {
        if (end < 0) at = text.length;
        else at = this.#nextLine(text, end);
        this.#skipping = end < 0;
        continue;
      }
      if (quoteAt < at) quoteAt = indexOrLength(text, this.#quote, at);
      const quoted = quoteAt < (end < 0 ? text.length : end);
      if (quoted) {
        const record = readQuotedRecord(text, at, { delimiter: this.#delimiter, quote: this.#quote, last });
        const next = this.#takeQuoted(records, text, at, end, record);
        if (next < 0) break;
        at = next;
      } else if (
        text.length - at > limits.csvRecordCharactersMax &&
        (end < 0 || end - at > limits.csvRecordCharactersMax)
      ) {
        this.#refuse(records, text.slice(at, at + limits.csvKeptCharacters), tooLong());
        this.#skipping = true;
      } else if (end < 0) {
        break;
      } else {
        if (end > at) this.#accept(records, text.slice(at, end).split(this.#delimiter));
        at = this.#nextLine(text, end);
      }
    }
    this.#text = text.slice(at);
    return records;
  }

  /** Takes what was read of a record with quotes; gives where to go on, or -1 to wait for more text. */
  #takeQuoted(records: CsvRecord[], text: string, at: number, end: number, record: QuotedRecord): number {
    switch (record.kind) {
      case "record":
        if (record.end - at > limits.csvRecordCharactersMax) break;
        this.#accept(records, record.values);
        this.#line += record.lineEndsInside;
        return this.#nextLine(text, record.end);
      case "unfinished":
        if (text.length - at <= limits.csvRecordCharactersMax) return -1;
        break;
      case "bad":
        if (end < 0 && text.length - at <= limits.csvRecordCharactersMax) return -1;
        if (end < 0 || end - at > limits.csvRecordCharactersMax) break;
        this.#refuse(records, text.slice(at, end), { code: "bad_quote", message: record.message });
        return this.#nextLine(text, end);
    }
    this.#refuse(records, text.slice(at, at + limits.csvKeptCharacters), tooLong());
    this.#skipping = true;
    return at;
  }

  #accept(records: CsvRecord[], values: string[]): void {
    records.push({ line: this.#line, number: this.#number++, values, fault: null });
  }

  #refuse(records: CsvRecord[], text: string, fault: CsvFault): void {
    records.push({ line: this.#line, number: this.#number++, values: [text], fault });
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

function tooLong(): CsvFault {
  const message = `The record is longer than ${limits.csvRecordCharactersMax} characters, or a quote in it is never closed.`;
  return { code: "record_too_long", message };
}
