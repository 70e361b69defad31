import type { PoolClient } from "pg";
import { AttemptLost, RunCancelled, type RunTask } from "./run-task.ts";

/**
 * Proves within the client's transaction that the task's attempt is still the one that may write, and holds the run
 * until the transaction ends; so it is asked last, before the commit. Throws `AttemptLost`, or `RunCancelled` when a
 * person has asked the run to stop.
 */
export async function proveAttempt(client: PoolClient, task: RunTask): Promise<void> {
  const { cancelled } = await findAttempt(client, task, "for update");
  if (cancelled) throw new RunCancelled();
}

/** As `proveAttempt`, without holding the run: it says only whether to go on waiting. */
export async function checkAttempt(client: Pick<PoolClient, "query">, task: Attempt): Promise<void> {
  const { cancelled } = await findAttempt(client, task, "");
  if (cancelled) throw new RunCancelled();
}

/** A run and the attempt that somebody holds of it. */
type Attempt = Pick<RunTask, "id" | "attempt">;

async function findAttempt(
  client: Pick<PoolClient, "query">,
  task: Attempt,
  hold: "for update" | "",
): Promise<{ cancelled: boolean }> {
  const { rows } = await client.query<{ attempt: number; status: string; cancelled: boolean }>(
    `select attempt, status, cancel_requested_by is not null and phase <> 'finishing' as cancelled from waybill.runs where id = $1 ${hold}`,
    [task.id],
  );
  const [run] = rows;
  if (run?.attempt !== task.attempt || run.status !== "in_progress") throw new AttemptLost();
  return run;
}
