import { transaction } from "@waybill/db";
import type { Services } from "../context.ts";
import { BatchLoader } from "../destination/batch-loader.ts";
import { prepareTable } from "../destination/prepare-table.ts";
import { loadingSettings } from "../destination/staging.ts";
import type { CheckedRun } from "./check-run.ts";
import type { CountedRun } from "./counted-run.ts";
import { takeDestinationTurn } from "./destination-turn.ts";
import { enterPhase } from "./enter-phase.ts";
import { holdsToTheEnd } from "./holds-to-the-end.ts";
import { loadAsOne } from "./load-as-one.ts";
import { recordBatch, tellOfBatch } from "./record-batch.ts";
import { RejectedLimit } from "./rejected-limit.ts";
import { resetRun } from "./reset-run.ts";
import { Settling } from "./settling.ts";
import { writeBatch } from "./write-batch.ts";

/**
 * Loads all records. Where a run may keep what it has so far, each batch is one transaction with its issues, counts and
 * checkpoint; a test, an all-or-nothing load and a replacing one hold the destination in one transaction to the end.
 * Then the run is finishing, and what was counted is given. Throws `too_many_rejected` or `nothing_kept`.
 */
export async function loadRun(services: Services, run: CheckedRun, signal: AbortSignal): Promise<CountedRun> {
  const { header, notes } = run;
  await enterPhase(services, run, "loading", { found: { header, notes, log: notes } });
  if (!holdsToTheEnd(run)) return await loadInBatches(services, run, signal, new RejectedLimit(run));
  await resetRun(services, run);
  return await loadAsOne(services, run, signal, new RejectedLimit(run));
}

async function loadInBatches(
  services: Services,
  run: CheckedRun,
  signal: AbortSignal,
  limit: RejectedLimit,
): Promise<CountedRun> {
  const settling = run.resubmission ? new Settling(services, run) : null;
  let loader: BatchLoader | undefined;
  let read = run.recordsDone;
  for await (const batch of run.reader.batches(run.recordsDone)) {
    signal.throwIfAborted();
    const begun = services.clock.now();
    const result = await transaction(
      services.database,
      async (client) => {
        await takeDestinationTurn(client, run, signal);
        loader ??= new BatchLoader(await prepareTable(client, run.definition));
        const written = await writeBatch(client, run, loader, batch);
        await recordBatch(client, run, written, { kept: true, rejectedKeptMax: limit.room });
        return written;
      },
      run.over,
      loadingSettings,
    );
    tellOfBatch(services, run, result, begun);
    limit.count(result);
    read += result.read;
    settling?.settle(read);
  }
  const settled = await settling?.idle();
  limit.finish();
  return { ...(await enterPhase(services, run, "finishing")), settled };
}
