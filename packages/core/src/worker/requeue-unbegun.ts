import { transaction } from "@waybill/db";
import type { Services } from "../context.ts";
import { requeueRun } from "../engine/requeue-run.ts";
import type { StaleJob } from "../engine/run-queue.ts";
import { announceRunChange } from "../run/run-changes.ts";
import { writeRunLog } from "../run/run-log.ts";

const message = "Interrupted: the worker that took the run was lost before it began. Another one begins at once.";

/** Puts a run on the queue again whose job was taken and that nobody holds. Does nothing where that is not so any more. */
export async function requeueUnbegun(services: Services, job: StaleJob): Promise<void> {
  await transaction(services.database, async (client) => {
    const { rowCount } = await client.query(
      `select from waybill.runs where id = $1 and job_id = $2 and held_by is null and status = 'in_progress'
       for update skip locked`,
      [job.runId, job.id],
    );
    if (rowCount === 0) return;
    await requeueRun(services, client, job.runId);
    await writeRunLog(client, services.clock, job.runId, "warning", "attempt_interrupted", message);
    await announceRunChange(client, job.runId);
  });
}
