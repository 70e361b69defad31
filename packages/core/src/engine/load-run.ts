import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { quoteTable } from "../destination/column.ts";
import { prepareTable } from "../destination/prepare-table.ts";
import { prepareStaging } from "../destination/staging.ts";
import { WaybillError } from "../errors.ts";
import type { CheckedRun } from "./check-run.ts";
import { type CheckedBatch, checkedBatches } from "./checked-batches.ts";
import { takeDestinationTurn } from "./destination-turn.ts";
import { beginPhase, enterPhase } from "./enter-phase.ts";
import { proveAttempt } from "./fence.ts";
import { holdsToTheEnd } from "./holds-to-the-end.ts";
import { transactionKeptIf } from "./kept-transaction.ts";
import { recordBatch } from "./record-batch.ts";
import { RejectedLimit } from "./rejected-limit.ts";
import { resetRun } from "./reset-run.ts";
import { writeBatch } from "./write-batch.ts";

/**
 * Loads all records. Where a run may keep what it has so far, each batch is one transaction with its issues, counts and
 * checkpoint; a test, an all-or-nothing load and a replacing one hold the destination in one transaction to the end.
 * Then the run is finishing. Throws `too_many_rejected` or `nothing_kept`.
 */
export async function loadRun(services: Services, run: CheckedRun, signal: AbortSignal): Promise<void> {
  await enterPhase(services, run, "loading");
  if (!holdsToTheEnd(run)) return await loadInBatches(services, run, signal, new RejectedLimit(run));
  await resetRun(services, run);
  await loadAsOne(services, run, signal, new RejectedLimit(run));
}

async function loadInBatches(
  services: Services,
  run: CheckedRun,
  signal: AbortSignal,
  limit: RejectedLimit,
): Promise<void> {
  for await (const batch of oneAhead(checkedBatches(run, run.recordsDone))) {
    signal.throwIfAborted();
    const result = await transaction(services.database, async (client) => {
      await takeDestinationTurn(client, run, signal);
      await proveAttempt(client, run);
      await prepareStaging(client, run.table);
      const written = await writeBatch(client, run, batch);
      await recordBatch(client, run, written, { kept: true, rejectedKeptMax: limit.room });
      return written;
    });
    limit.count(result);
  }
  await enterPhase(services, run, "finishing");
}

async function loadAsOne(
  services: Services,
  run: CheckedRun,
  signal: AbortSignal,
  limit: RejectedLimit,
): Promise<void> {
  const allOrNothing = run.definition.onError.commit === "all-or-nothing";
  const rejected = await transactionKeptIf(services.database, async (destination) => {
    const value = await writeAll(services, destination, run, signal, limit);
    const keep = !run.test && !(allOrNothing && value > 0);
    if (keep) {
      // The records and the word that they are in are kept together, so that no attempt after this one loads them again.
      await proveAttempt(destination, run);
      await beginPhase(services, destination, run, "finishing");
    }
    return { keep, value };
  });
  if (allOrNothing && rejected > 0) throw nothingKept(rejected);
  if (run.test) await enterPhase(services, run, "finishing");
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
  await prepareTable(destination, run.definition);
  await prepareStaging(destination, run.table);
  let toEmpty = run.table.mode === "replace";
  let rejected = 0;
  for await (const batch of oneAhead(checkedBatches(run, 0))) {
    signal.throwIfAborted();
    if (toEmpty && batch.accepted.length > 0) {
      await destination.query(`delete from ${quoteTable(run.table)}`);
      toEmpty = false;
    }
    const written = await writeBatch(destination, run, batch);
    await transaction(services.database, async (client) => {
      await proveAttempt(client, run);
      await recordBatch(client, run, written, { kept: false, rejectedKeptMax: limit.room });
    });
    rejected += written.rejected.length;
    limit.count(written);
  }
  return rejected;
}

/** Reads the next batch while the one before is being written. */
async function* oneAhead(batches: AsyncGenerator<CheckedBatch>): AsyncGenerator<CheckedBatch> {
  let next = batches.next();
  try {
    for (let result = await next; !result.done; result = await next) {
      next = batches.next();
      // A fault in reading ahead is met when its turn comes.
      next.catch(() => undefined);
      yield result.value;
    }
  } finally {
    await batches.return(undefined);
  }
}

function nothingKept(rejected: number): WaybillError {
  const records = rejected === 1 ? "1 record was" : `${rejected} records were`;
  const message = `${records} rejected, and this integration keeps all or nothing: the destination is as it was. Correct the records and run it again.`;
  return new WaybillError("nothing_kept", message, { rejected });
}
