import type { Services } from "../context.ts";
import { checkReferencedDatasets } from "../destination/check-against-database.ts";
import { type PreparedTable, prepareTable } from "../destination/prepare-table.ts";
import { WaybillError } from "../errors.ts";
import { type CsvReader, readCsv } from "../file/read-csv.ts";
import { compileRecord, type RecordOutcome } from "../record/compile-record.ts";
import { listNames, matchHeader } from "../record/match-header.ts";
import { writeRunLog } from "../run/run-log.ts";
import type { RunNote } from "../run/run-summary.ts";
import { takeDestinationTurn } from "./destination-turn.ts";
import { enterPhase } from "./enter-phase.ts";
import { transactionKeptIf } from "./kept-transaction.ts";
import type { OpenedRun } from "./open-run.ts";
import { readLookups } from "./read-lookups.ts";

/** A run that can be loaded: its header fits, its rules are compiled, its destination is ready. */
export interface CheckedRun extends OpenedRun {
  reader: CsvReader;
  /** How many bytes of CSV have been read so far. */
  bytesRead(): number;
  check(row: readonly string[]): RecordOutcome;
  table: PreparedTable;
  notes: RunNote[];
}

/** Checks everything about the run that can be known before its first record. Throws the fault of the file or destination. */
export async function checkRun(services: Services, opened: OpenedRun, signal: AbortSignal): Promise<CheckedRun> {
  await enterPhase(services, opened, "checking");
  const { definition } = opened;
  let bytes = 0;
  const counted = count(opened.openedSource.read(), (length) => {
    bytes += length;
  });
  const reader = await readCsv(counted, definition.source);
  const matched = matchHeader(definition, reader.header);
  if (!matched.ok) throw new WaybillError(matched.code, matched.message);
  const check = compileRecord(definition, {
    header: reader.header,
    parameters: opened.parameters,
    attachments: await readLookups(opened),
  });
  const table = await transactionKeptIf(services.database, async (client) => {
    await takeDestinationTurn(client, opened, signal);
    await checkReferencedDatasets(client, definition);
    const value = await prepareTable(client, definition);
    return { keep: !opened.test, value };
  });
  const notes = matched.unknown.length > 0 ? [unknownColumns(matched.unknown)] : [];
  await keepHeader(services, opened, reader.header, notes);
  return { ...opened, reader, bytesRead: () => bytes, check, table, notes };
}

async function* count(bytes: AsyncIterable<Uint8Array>, read: (length: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    read(chunk.byteLength);
    yield chunk;
  }
}

async function keepHeader(services: Services, run: OpenedRun, header: string[], notes: RunNote[]): Promise<void> {
  const { pool } = services.database;
  await pool.query("update waybill.runs set source_columns = $2, notes = $3 where id = $1 and attempt = $4", [
    run.id,
    JSON.stringify(header),
    JSON.stringify(notes),
    run.attempt,
  ]);
  for (const note of notes) await writeRunLog(pool, services.clock, run.id, "info", note.code, note.message);
}

function unknownColumns(unknown: string[]): RunNote {
  const message = `Columns that the definition does not name were ignored: ${listNames(unknown)}.`;
  return { code: "unknown_columns", message };
}
