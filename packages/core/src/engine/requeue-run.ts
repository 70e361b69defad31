import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import type { QueueOptions } from "./run-queue.ts";
import { runsAtOnce } from "./runs-at-once.ts";

/** Puts a run on the queue again by a new job, in the caller's transaction; the job that carried it so far is cancelled. */
export async function requeueRun(
  { queue }: Services,
  client: PoolClient,
  runId: string,
  options: Pick<QueueOptions, "startAfterSeconds" | "waits"> = {},
): Promise<void> {
  const { rows } = await client.query<{ jobId: string | null; integrationId: string; runsAtOnce: number }>(
    `select r.job_id as "jobId", r.integration_id as "integrationId",
       ${runsAtOnce} as "runsAtOnce"
     from waybill.runs r
     where r.id = $1`,
    [runId],
  );
  const [run] = rows;
  if (!run) throw new Error("A run that is to be queued again is gone.");
  const jobId = await queue.enqueue(client, { id: runId, ...run }, { ...options, again: true });
  await client.query("update waybill.runs set job_id = $2 where id = $1", [runId, jobId]);
  if (run.jobId) await queue.cancel(client, run.jobId);
}
