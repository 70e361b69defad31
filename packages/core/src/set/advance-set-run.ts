import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import { nameOfActor } from "../access/sign-in.ts";
import type { Context, Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { cancelRun } from "../run/cancel-run.ts";
import { insertPrepared } from "../run/prepare-run.ts";
import { announceRunChange } from "../run/run-changes.ts";
import type { RunNote } from "../run/run-summary.ts";
import { isFinal } from "../run/status.ts";
import { type GoingSetRun, type GoingStep, holdSetRun, readGoing } from "./going-set-run.ts";
import { isFailure, type NextMove, planNext } from "./plan-next.ts";
import { prepareStep } from "./prepare-step.ts";
import { stepStatusLabels } from "./set-run.ts";

/**
 * Does what is to be done next in a set run until a step's run has to be waited for, or the set run is over. Any number of
 * processes may do so at once, and any of them may die at any point: each move is one transaction that holds the set run.
 */
export async function advanceSetRun(services: Services, id: string): Promise<void> {
  while (await move(services, id));
}

/** Makes one move; gives whether there may be another. */
async function move(services: Services, id: string): Promise<boolean> {
  const going = await readGoing(services, id);
  if (!going) return false;
  const next = planNext(going.steps, going.cancelled !== null);
  switch (next.kind) {
    case "wait":
      return await waitFor(services, going);
    case "start":
      return await startStep(services, going, next.position);
    case "end":
      return await transaction(services.database, async (client) => {
        const held = await holdSetRun(client, going);
        if (held) await end(services, client, going, next);
        return !held;
      });
  }
}

/** Takes down how the run ended that is waited for, or asks it to stop where the set run is to. */
async function waitFor(services: Services, going: GoingSetRun): Promise<boolean> {
  const step = going.steps.find(({ status }) => status === "in_progress");
  if (!step) return true;
  const { run } = step;
  if (!run) return await failStep(services, going, step, { code: "run_purged", message: "Its run has been purged." });
  if (!run.ended) {
    return going.cancelled !== null && (await stopRun({ ...services, actor: going.cancelled }, run.id));
  }
  return await transaction(services.database, async (client) => {
    if (!(await holdSetRun(client, going))) return true;
    await client.query(
      "update waybill.set_run_steps set status = $3, finished_at = $4 where set_run_id = $1 and position = $2",
      [going.id, step.position, run.status, run.finishedAt],
    );
    await announceRunChange(client, going.id);
    return true;
  });
}

/** Gives whether the run is over with that. One whose records are all in ends by itself. */
async function stopRun(ctx: Context, run: string): Promise<boolean> {
  try {
    return isFinal((await cancelRun(ctx, { run })).status);
  } catch (error) {
    if (error instanceof WaybillError) return false;
    throw error;
  }
}

async function startStep(services: Services, going: GoingSetRun, position: number): Promise<boolean> {
  const given = going.steps.find((step) => step.position === position);
  if (!given) throw new Error(`The set run ${going.id} has no step ${position}.`);
  const ctx = { ...services, actor: { id: going.startedBy, name: nameOfActor(going.startedBy) } };
  try {
    const { step, files, earlierRunId } = given;
    const prepared = await prepareStep(ctx, { step, files, values: going.values });
    const id = uuidv7();
    return await transaction(services.database, async (client) => {
      if (!(await holdSetRun(client, going))) return true;
      await insertPrepared(ctx, client, prepared, {
        id,
        name: undefined,
        test: false,
        idempotencyKey: null,
        requestSha256: null,
        origin: { trigger: "set", fromRunId: earlierRunId },
        said: `Step ${position} of ${going.name}.`,
      });
      await client.query(
        `update waybill.set_run_steps set status = 'in_progress', run_id = $3, started_at = $4
         where set_run_id = $1 and position = $2`,
        [going.id, position, id, services.clock.now()],
      );
      await announceRunChange(client, going.id);
      return true;
    });
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error;
    return await failStep(services, going, given, { code: error.code, message: error.message });
  }
}

/** A step whose run cannot be started has failed. */
async function failStep(services: Services, going: GoingSetRun, step: GoingStep, note: RunNote): Promise<boolean> {
  return await transaction(services.database, async (client) => {
    if (!(await holdSetRun(client, going))) return true;
    await client.query(
      `update waybill.set_run_steps set status = 'failed', note = $3, started_at = $4, finished_at = $4
       where set_run_id = $1 and position = $2`,
      [going.id, step.position, JSON.stringify(note), services.clock.now()],
    );
    await announceRunChange(client, going.id);
    return true;
  });
}

async function end(
  { clock }: Services,
  client: PoolClient,
  going: GoingSetRun,
  move: Extract<NextMove, { kind: "end" }>,
): Promise<void> {
  const note = { code: "step_skipped", message: sayWhySkipped(going, move) };
  await client.query(
    "update waybill.set_run_steps set status = 'skipped', note = $3 where set_run_id = $1 and position = any($2)",
    [going.id, move.skipped, JSON.stringify(note)],
  );
  await client.query("update waybill.set_runs set status = $2, finished_at = $3 where id = $1", [
    going.id,
    move.status,
    clock.now(),
  ]);
  await announceRunChange(client, going.id);
}

function sayWhySkipped({ steps, cancelled }: GoingSetRun, { aborting }: Extract<NextMove, { kind: "end" }>): string {
  const failed = steps.find(({ position }) => position === aborting);
  if (!failed || !isFailure(failed.status)) return `${cancelled?.name ?? "Somebody"} cancelled the set run before it.`;
  const ended = stepStatusLabels[failed.status];
  return `Step ${failed.position} (${failed.step.key}) ended ${ended}, and the set aborts on failure.`;
}
