import { DatabaseError, type PoolClient } from "pg";
import { quoteTable, tableOf } from "../destination/column.ts";
import { checkAttempt } from "./fence.ts";
import type { RunTask } from "./run-task.ts";

const lockNotAvailable = "55P03";

/**
 * Loads of one destination take turns: waits for that of the client's transaction, which began with `loadingSettings`, as
 * long as it takes and as long as the run may go on. Throws `AttemptLost`, `RunCancelled` or the signal's reason.
 */
export async function takeDestinationTurn(client: PoolClient, task: RunTask, signal: AbortSignal): Promise<void> {
  const turn = `load:${quoteTable(tableOf(task.definition.destination))}`;
  const { rows } = await client.query<{ taken: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken",
    [turn],
  );
  if (!rows[0]?.taken) await waitForTurn(client, turn, task, signal);
}

async function waitForTurn(client: PoolClient, turn: string, task: RunTask, signal: AbortSignal): Promise<void> {
  await client.query("savepoint waybill_turn");
  while (!(await takesTurn(client, turn))) {
    signal.throwIfAborted();
    await checkAttempt(client, task);
  }
}

async function takesTurn(client: PoolClient, turn: string): Promise<boolean> {
  try {
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [turn]);
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== lockNotAvailable) throw error;
    await client.query("rollback to savepoint waybill_turn");
    return false;
  }
}
