import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { BatchLoader } from "../destination/batch-loader.ts";
import { emptyTable } from "../destination/empty-table.ts";
import { type PreparedTable, prepareTable } from "../destination/prepare-table.ts";
import { loadingSettings } from "../destination/staging.ts";
import { WaybillError } from "../errors.ts";
import type { CheckedBatch } from "../reader/checked-batch.ts";
import type { CheckedRun } from "./check-run.ts";
import type { CountedRun } from "./counted-run.ts";
import { takeDestinationTurn } from "./destination-turn.ts";
import { enterPhase } from "./enter-phase.ts";
import { proveAttempt } from "./fence.ts";
import { transactionKeptIf } from "./kept-transaction.ts";
import { type BatchResult, recordBatch, tellOfBatch } from "./record-batch.ts";
import type { RejectedLimit } from "./rejected-limit.ts";
import { writeBatch } from "./write-batch.ts";

/**
 * Loads all records in one transaction on the destination, and keeps them only at its end, if at all: a test keeps
 * nothing, an all-or-nothing load nothing once a record is rejected. Then the run is finishing, and what was
 * counted is given. Throws `too_many_rejected` or `nothing_kept`.
 */
export async function loadAsOne(
  services: Services,
  run: CheckedRun,
  signal: AbortSignal,
  limit: RejectedLimit,
): Promise<CountedRun> {
  const allOrNothing = run.definition.onError.commit === "all-or-nothing";
  const { rejected, counted } = await transactionKeptIf<{ rejected: number; counted: CountedRun | null }>(
    services.database,
    async (destination) => {
      const rejected = await writeAll(services, destination, run, signal, limit);
      const keep = !run.test && !(allOrNothing && rejected > 0);
      if (!keep) return { keep, value: { rejected, counted: null } };
      // The records and the word that they are in are kept together, so that no attempt after this one loads them again.
      await proveAttempt(destination, run);
      return {
        keep,
        value: { rejected, counted: await enterPhase(services, run, "finishing", { client: destination }) },
      };
    },
    run.over,
    loadingSettings,
  );
  if (allOrNothing && rejected > 0) throw nothingKept(rejected);
  return counted ?? (await enterPhase(services, run, "finishing"));
}

/** Writes every batch within the destination's transaction, and counts each at once in one of its own. */
async function writeAll(
  services: Services,
  destination: PoolClient,
  run: CheckedRun,
  signal: AbortSignal,
  limit: RejectedLimit,
): Promise<number> {
  await takeDestinationTurn(destination, run, signal);
  const table = await prepareTable(destination, run.definition);
  const loader = new BatchLoader(table);
  const write =
    table.mode === "replace" ? replacing(destination, run, table, loader) : writing(destination, run, loader);
  let rejected = 0;
  for await (const batch of run.reader.batches(0)) {
    signal.throwIfAborted();
    const begun = services.clock.now();
    const written = await write(batch);
    await transaction(services.database, (client) =>
      recordBatch(client, run, written, { kept: false, rejectedKeptMax: limit.room }),
    );
    tellOfBatch(services, run, written, begun);
    rejected += written.rejected.length;
    limit.count(written);
  }
  limit.finish();
  return rejected;
}

type WriteBatch = (batch: CheckedBatch) => Promise<BatchResult>;

function writing(destination: PoolClient, run: CheckedRun, loader: BatchLoader): WriteBatch {
  return (batch) => writeBatch(destination, run, loader, batch);
}

/** Empties the table when the first record comes in: a file of which nothing can be loaded replaces nothing. */
function replacing(destination: PoolClient, run: CheckedRun, table: PreparedTable, loader: BatchLoader): WriteBatch {
  let emptied = false;
  return async (batch) => {
    if (emptied || batch.accepted.count === 0) return await writeBatch(destination, run, loader, batch);
    await destination.query("savepoint waybill_replace");
    await emptyTable(destination, table);
    const written = await writeBatch(destination, run, loader, batch);
    emptied = written.inserted > 0;
    await destination.query(emptied ? "release savepoint waybill_replace" : "rollback to savepoint waybill_replace");
    return written;
  };
}

function nothingKept(rejected: number): WaybillError {
  const records = rejected === 1 ? "1 record was" : `${rejected} records were`;
  const message = `${records} rejected, and this integration keeps all or nothing: the destination is as it was. Correct the records and run it again.`;
  return new WaybillError("nothing_kept", message, { rejected });
}
