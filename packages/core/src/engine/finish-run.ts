import { transaction } from "@waybill/db";
import type { Services } from "../context.ts";
import { announceRunChange } from "../run/run-changes.ts";
import { writeRunLog } from "../run/run-log.ts";
import type { RunNote } from "../run/run-summary.ts";
import { runStatusLabels } from "../run/status.ts";
import { closePhases, enterPhase } from "./enter-phase.ts";
import type { LoadedRun } from "./load-run.ts";
import { AttemptLost, type RunTask } from "./run-task.ts";

/** How a run can end. */
export type RunEnd =
  | { status: "completed"; notes?: RunNote[] }
  | { status: "completed_with_errors"; notes?: RunNote[] }
  | { status: "cancelled" }
  | { status: "failed"; failure: RunNote };

/** Ends a run whose records have all been read. */
export async function finishRun(services: Services, run: LoadedRun): Promise<void> {
  await enterPhase(services, run, "finishing");
  const empty = { code: "no_records", message: "The file holds a header and no records, so nothing was loaded." };
  const notes = run.recordsRead === 0 ? [...run.notes, empty] : run.notes;
  await endRun(services, run, {
    status: run.recordsRejected === 0 ? "completed" : "completed_with_errors",
    notes,
  });
}

/** Gives a run its final status, once. Throws `AttemptLost` when the attempt is no longer the run's. */
export async function endRun(services: Services, task: Pick<RunTask, "id" | "attempt">, end: RunEnd): Promise<void> {
  await transaction(services.database, async (client) => {
    const now = services.clock.now();
    const phases = await closePhases(client, task.id, now);
    const { rowCount } = await client.query(
      `update waybill.runs set status = $3, phase = null, phases = $4, finished_at = $5, failure = $6,
         notes = coalesce($7, notes)
       where id = $1 and attempt = $2 and status = 'in_progress'`,
      [
        task.id,
        task.attempt,
        end.status,
        JSON.stringify(phases),
        now,
        end.status === "failed" ? JSON.stringify(end.failure) : null,
        "notes" in end && end.notes ? JSON.stringify(end.notes) : null,
      ],
    );
    if (rowCount === 0) throw new AttemptLost();
    await client.query("delete from waybill.run_seen_values where run_id = $1", [task.id]);
    const level = end.status === "completed" ? "info" : end.status === "failed" ? "error" : "warning";
    const message = end.status === "failed" ? end.failure.message : `The run is ${runStatusLabels[end.status]}.`;
    await writeRunLog(client, services.clock, task.id, level, end.status, message);
    await announceRunChange(client, task.id);
  });
}
