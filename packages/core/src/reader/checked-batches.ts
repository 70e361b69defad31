import type { Definition } from "../definition/definition.ts";
import { type CsvReader, type CsvRecord, readRecordText } from "../file/read-csv.ts";
import { limits } from "../limits.ts";
import type { RecordOutcome } from "../record/compile-record.ts";
import { recordIssue } from "../record/issue-code.ts";
import type { CheckedBatch, Rejection, SourceRecord } from "./checked-batch.ts";
import { RecordEncoder } from "./record-encoder.ts";

/** What is needed to read and check the records of a source. */
export interface ReadableSource {
  definition: Definition;
  reader: CsvReader;
  check(row: readonly string[], suspicious: boolean): RecordOutcome;
  /** Takes back what was done to values on their way out; null where nothing was. */
  restore: ((text: string) => string) | null;
  /** How many bytes of CSV have been read so far. */
  bytesRead(): number;
}

/** A batch, and the way back from an ordinal of its accepted records to the record in the source. */
export interface SourcedBatch {
  batch: CheckedBatch;
  sourceOf(ordinal: number): SourceRecord;
}

/**
 * Reads and checks the records after the first `done`, in batches limited by count and by size: that of the source, an
 * empty value counting too, with what is said of its records, and that of what is written, since constants and defaults
 * make a long record of a short one.
 */
export async function* checkedBatches(source: ReadableSource, done: number): AsyncGenerator<SourcedBatch> {
  let number = 0;
  let growing = new GrowingBatch(source, number);
  for await (const records of source.reader.records()) {
    for (const record of records) {
      if (record.number <= done) continue;
      growing.add(record);
      if (!growing.isFull()) continue;
      yield growing.finish(false);
      growing = new GrowingBatch(source, ++number);
    }
  }
  if (growing.read > 0) yield growing.finish(true);
}

class GrowingBatch {
  read = 0;
  readonly #source: ReadableSource;
  readonly #number: number;
  readonly #encoder: RecordEncoder;
  readonly #rejected: Rejection[] = [];
  /** Of each accepted record its text, to be read again where its values are asked for, and its line. */
  readonly #texts: string[] = [];
  readonly #lines: number[] = [];
  readonly #skipped: number[] = [];
  #characters = 0;

  constructor(source: ReadableSource, number: number) {
    this.#source = source;
    this.#number = number;
    this.#encoder = new RecordEncoder(source.definition);
  }

  add(record: CsvRecord): void {
    this.read++;
    this.#characters += record.text.length + 1;
    const { restore } = this.#source;
    const { number: recordNumber, line } = record;
    const values = restore ? record.values.map(restore) : record.values;
    if (record.fault) {
      const { code, message } = record.fault;
      this.#rejected.push({ recordNumber, line, values, issues: [recordIssue(null, code, message, null)] });
      return;
    }
    const outcome = this.#source.check(values, record.suspicious);
    switch (outcome.kind) {
      case "accepted":
        this.#encoder.add(recordNumber, outcome.values);
        this.#texts.push(record.text);
        this.#lines.push(line);
        return;
      case "skipped":
        this.#skipped.push(recordNumber);
        return;
      case "rejected":
        this.#rejected.push({ recordNumber, line, values, issues: outcome.issues });
        for (const { message, value } of outcome.issues) this.#characters += message.length + (value?.length ?? 0);
        return;
    }
  }

  isFull(): boolean {
    const characters = Math.max(this.#characters, this.#encoder.characters);
    return this.read >= limits.batchRecords || characters >= limits.batchCharacters;
  }

  finish(last: boolean): SourcedBatch {
    const accepted = this.#encoder.finish();
    const [texts, lines, recordNumbers] = [this.#texts, this.#lines, accepted.recordNumbers.slice()];
    const {
      definition: { source: dialect },
      restore,
    } = this.#source;
    const valuesOf = (text: string) => readRecordText(text, dialect);
    return {
      batch: {
        number: this.#number,
        read: this.read,
        skipped: this.#skipped,
        accepted,
        rejected: this.#rejected,
        bytes: this.#source.bytesRead(),
        last,
      },
      sourceOf: (ordinal) => ({
        recordNumber: recordNumbers[ordinal] ?? 0,
        line: lines[ordinal] ?? 0,
        values: restore ? valuesOf(texts[ordinal] ?? "").map(restore) : valuesOf(texts[ordinal] ?? ""),
      }),
    };
  }
}
