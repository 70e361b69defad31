import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { proveAttempt } from "./fence.ts";
import type { RunTask } from "./run-task.ts";

/** Forgets what an earlier attempt counted of a run that keeps nothing until its end. */
export async function resetRun(services: Services, task: RunTask): Promise<void> {
  if (task.recordsDone === 0) return;
  await transaction(services.database, (client) => forget(client, task), task.over);
  task.recordsDone = 0;
  task.rejectedDone = 0;
}

/** There may be a million rejected records, and cancelling the run waits for whoever holds it, so it is held last. */
async function forget(client: PoolClient, task: RunTask): Promise<void> {
  await client.query("delete from waybill.rejected_records where run_id = $1", [task.id]);
  if (task.resubmission) {
    await client.query(
      "update waybill.resubmitted_records set issues = null, values = null, skipped = false where run_id = $1 and (issues is not null or skipped)",
      [task.id],
    );
  }
  await client.query("delete from waybill.run_issue_counts where run_id = $1", [task.id]);
  await proveAttempt(client, task);
  await client.query(
    `update waybill.runs set read_count = 0, inserted_count = 0, updated_count = 0, unchanged_count = 0,
       skipped_count = 0, rejected_count = 0, open_count = 0, loaded_bytes = 0 where id = $1`,
    [task.id],
  );
}
