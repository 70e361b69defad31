import type { Services } from "../context.ts";
import { checkReferencedDatasets } from "../destination/check-references.ts";
import { findTable, prepareTable } from "../destination/prepare-table.ts";
import { loadingSettings } from "../destination/staging.ts";
import { listNames } from "../record/match-header.ts";
import { describeSignature } from "../run/describe-run.ts";
import type { RunNote } from "../run/run-summary.ts";
import { takeDestinationTurn } from "./destination-turn.ts";
import { enterPhase } from "./enter-phase.ts";
import { proveAttempt } from "./fence.ts";
import { transactionKeptIf } from "./kept-transaction.ts";
import type { OpenedRun } from "./open-run.ts";

/** A run that can be loaded: its header fits, its rules are compiled, its destination is ready. */
export interface CheckedRun extends OpenedRun {
  header: string[];
  /** What is to be said of its header. */
  notes: RunNote[];
}

/** Checks everything about the run that can be known before its first record. Throws the fault of the file or destination. */
export async function checkRun(services: Services, opened: OpenedRun, signal: AbortSignal): Promise<CheckedRun> {
  await enterPhase(services, opened, "checking", {
    found: { source: opened.description, log: [sayOpened(opened)] },
  });
  const { header, unknown } = await opened.reader.check();
  const { pool } = services.database;
  await checkReferencedDatasets(pool, opened.definition);
  const ready = await findTable(pool, opened.definition);
  if (!ready) await makeTable(services, opened, signal);
  return { ...opened, header, notes: unknown.length > 0 ? [unknownColumns(unknown)] : [] };
}

async function makeTable(services: Services, opened: OpenedRun, signal: AbortSignal): Promise<void> {
  await transactionKeptIf(
    services.database,
    async (client) => {
      await takeDestinationTurn(client, opened, signal);
      await prepareTable(client, opened.definition);
      await proveAttempt(client, opened);
      return { keep: !opened.test, value: undefined };
    },
    opened.over,
    loadingSettings,
  );
}

function sayOpened({ source, description: { layers, bytes, signedBy } }: OpenedRun): RunNote {
  const signed = signedBy ? `, ${describeSignature(signedBy)}` : "";
  const message = `Opened ${source.name} (${layers.join(", ")}): ${bytes} bytes of CSV${signed}.`;
  return { code: "opened", message };
}

function unknownColumns(unknown: string[]): RunNote {
  const message = `Columns that the definition does not name were ignored: ${listNames(unknown)}.`;
  return { code: "unknown_columns", message };
}
