import type { TypedRecord } from "../destination/typed-record.ts";
import type { CsvRecord } from "../file/read-csv.ts";
import { limits } from "../limits.ts";
import { type RecordIssue, recordIssue } from "../record/issue-code.ts";
import type { CheckedRun } from "./check-run.ts";

/** A record that was turned away, with its values in the order of the source's columns. */
export interface Rejection {
  recordNumber: number;
  line: number;
  values: string[];
  issues: RecordIssue[];
}

/** Records that are written together. */
export interface CheckedBatch {
  read: number;
  skipped: number;
  accepted: TypedRecord[];
  /** The source values of each accepted record, by its position in `accepted`. */
  sources: string[][];
  rejected: Rejection[];
  /** Bytes of CSV read when the batch was full. */
  bytes: number;
}

/** What is needed of a run to read and check its records. */
type ReadableRun = Pick<CheckedRun, "reader" | "bytesRead" | "check">;

/** Reads and checks the records after the first `done`, in batches limited by count and by size, an empty value counting too. */
export async function* checkedBatches(run: ReadableRun, done: number): AsyncGenerator<CheckedBatch> {
  let batch = emptyBatch();
  let characters = 0;
  for await (const records of run.reader.records()) {
    for (const record of records) {
      if (record.number <= done) continue;
      place(run, batch, record);
      characters += record.values.length;
      for (const value of record.values) characters += value.length;
      if (batch.read < limits.batchRecords && characters < limits.batchCharacters) continue;
      yield { ...batch, bytes: run.bytesRead() };
      batch = emptyBatch();
      characters = 0;
    }
  }
  if (batch.read > 0) yield { ...batch, bytes: run.bytesRead() };
}

function place(run: ReadableRun, batch: CheckedBatch, record: CsvRecord): void {
  batch.read++;
  const { number: recordNumber, line, values } = record;
  if (record.fault) {
    const { code, message } = record.fault;
    batch.rejected.push({ recordNumber, line, values, issues: [recordIssue(null, code, message, null)] });
    return;
  }
  const outcome = run.check(values);
  switch (outcome.kind) {
    case "accepted":
      batch.accepted.push({ recordNumber, line, values: outcome.values });
      batch.sources.push(values);
      return;
    case "skipped":
      batch.skipped++;
      return;
    case "rejected":
      batch.rejected.push({ recordNumber, line, values, issues: outcome.issues });
      return;
  }
}

function emptyBatch(): CheckedBatch {
  return { read: 0, skipped: 0, accepted: [], sources: [], rejected: [], bytes: 0 };
}
