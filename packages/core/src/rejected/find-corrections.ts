import type { PoolClient } from "pg";
import type { CorrectedRow, RowFault } from "./corrections-file.ts";
import { type HeldRecord, type HeldState, heldColumns, holdRecords } from "./held-record.ts";
import { recordStateLabels } from "./record-state.ts";

/** A row, and the record that it corrects, which is held. */
export interface FoundCorrection {
  row: CorrectedRow;
  record: HeldRecord;
  /** Whether the record has been changed since it was exported. */
  stale: boolean;
}

/** Finds and holds the records of some rows; what cannot be corrected joins `faults`. `run` is the only one allowed, if any. */
export async function findCorrections(
  client: PoolClient,
  rows: readonly CorrectedRow[],
  { run, faults }: { run: string | null; faults: RowFault[] },
): Promise<FoundCorrection[]> {
  const ids = rows.map((row) => row.id);
  const records = await holdRecords<HeldRecord>(client, ids, heldColumns);
  return rows.flatMap((row) => {
    const record = records.get(row.id);
    const fault = faultOf(record, run) ?? faultOfLine(record, row);
    if (fault) faults.push({ line: row.line, message: fault });
    return record && !fault ? { row, record, stale: record.revision !== row.revision } : [];
  });
}

/** Whoever sorts some columns of a spreadsheet and not the others gives rows the ids of others. */
function faultOfLine(record: HeldRecord | undefined, { sourceLine }: CorrectedRow): string | null {
  if (!record || !sourceLine || sourceLine === String(record.line)) return null;
  return `has the id of the record of line ${record.line} of the source beside the _line ${sourceLine}. Keep each row's cells together: sort all columns, or none.`;
}

function faultOf(record: (Pick<HeldRecord, "runId"> & HeldState) | undefined, run: string | null): string | null {
  if (!record) return "has the id of no record that is kept. It may have been purged with its run; take the row out.";
  if (run !== null && record.runId !== run) return "has the id of a record of another run. Take the row out.";
  if (!record.over) return "has a record of a run that is not over yet. Wait for its end.";
  if (record.state !== "open")
    return `has a record that is not open (${recordStateLabels[record.state]}). Take the row out.`;
  return null;
}
