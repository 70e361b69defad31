import type { Services } from "../context.ts";
import { checkReferencedDatasets } from "../destination/check-against-database.ts";
import { type PreparedTable, prepareTable } from "../destination/prepare-table.ts";
import { listNames } from "../record/match-header.ts";
import { writeRunLog } from "../run/run-log.ts";
import type { RunNote } from "../run/run-summary.ts";
import { takeDestinationTurn } from "./destination-turn.ts";
import { enterPhase } from "./enter-phase.ts";
import { proveAttempt } from "./fence.ts";
import { transactionKeptIf } from "./kept-transaction.ts";
import type { OpenedRun } from "./open-run.ts";

/** A run that can be loaded: its header fits, its rules are compiled, its destination is ready. */
export interface CheckedRun extends OpenedRun {
  table: PreparedTable;
}

/** Checks everything about the run that can be known before its first record. Throws the fault of the file or destination. */
export async function checkRun(services: Services, opened: OpenedRun, signal: AbortSignal): Promise<CheckedRun> {
  await enterPhase(services, opened, "checking");
  const { header, unknown } = await opened.reader.check();
  const table = await transactionKeptIf(
    services.database,
    async (client) => {
      await takeDestinationTurn(client, opened, signal);
      await checkReferencedDatasets(client, opened.definition);
      const value = await prepareTable(client, opened.definition);
      await proveAttempt(client, opened);
      return { keep: !opened.test, value };
    },
    opened.over,
  );
  await keepHeader(services, opened, header, unknown.length > 0 ? [unknownColumns(unknown)] : []);
  return { ...opened, table };
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
