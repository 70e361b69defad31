import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { readRunEnd } from "../run/read-run-end.ts";
import { announceRunChange } from "../run/run-changes.ts";
import { writeRunLog } from "../run/run-log.ts";
import { endedPhases } from "../run/run-phases.ts";
import type { RunNote } from "../run/run-summary.ts";
import { runStatusLabels } from "../run/status.ts";
import { AttemptLost, type RunTask } from "./run-task.ts";

/** How a run can end. */
export type RunEnd =
  | { status: "completed"; notes?: RunNote[] }
  | { status: "completed_with_errors"; notes?: RunNote[] }
  | { status: "cancelled" }
  | { status: "failed"; failure: RunNote };

/** Ends a run whose records have all been read, by what was counted of them. */
export async function finishRun(services: Services, task: Pick<RunTask, "id" | "attempt">): Promise<void> {
  const { rows } = await services.database.pool.query<CountedRun>(
    `select r.read_count::float8 as read, r.rejected_count::float8 as rejected, r.notes,
       (r.inserted_count + r.updated_count + r.unchanged_count)::float8 as accepted,
       v.definition -> 'destination' ->> 'mode' as mode
     from waybill.runs r
     join waybill.integration_versions v on v.integration_id = r.integration_id and v.version = r.version
     where r.id = $1 and r.attempt = $2`,
    [task.id, task.attempt],
  );
  const [counted] = rows;
  if (!counted) throw new AttemptLost();
  await endRun(services, task, {
    status: counted.rejected === 0 ? "completed" : "completed_with_errors",
    notes: [...counted.notes, ...notesOf(counted)],
  });
}

interface CountedRun {
  read: number;
  accepted: number;
  rejected: number;
  notes: RunNote[];
  mode: string;
}

function notesOf({ read, accepted, mode }: CountedRun): RunNote[] {
  const empty = { code: "no_records", message: "The file holds a header and no records, so nothing was loaded." };
  const same = {
    code: "nothing_replaced",
    message: "No record came in, so the destination keeps what it held before.",
  };
  return [...(read === 0 ? [empty] : []), ...(mode === "replace" && accepted === 0 ? [same] : [])];
}

/** Gives a run its final status, once. Throws `AttemptLost` when the attempt is no longer the run's. */
export async function endRun(services: Services, task: Pick<RunTask, "id" | "attempt">, end: RunEnd): Promise<void> {
  const ended = await transaction(services.database, (client) => endRunWithin(services, client, task, end));
  services.telemetry.emit("runEnded", ended);
}

/** As `endRun`, within the caller's transaction. Gives what is to be told once that is committed. */
export async function endRunWithin(
  services: Services,
  client: PoolClient,
  task: Pick<RunTask, "id" | "attempt">,
  end: RunEnd,
) {
  const now = services.clock.now().toISOString();
  const { rows } = await client.query<{ counts: string }>(
    `update waybill.runs set status = $3, phase = null, held_by = null, phases = ${endedPhases("$4")},
         finished_at = $4::text::timestamptz, failure = $5, notes = coalesce($6, notes),
         kept = kept or (not test and $3 in ('completed', 'completed_with_errors'))
       where id = $1 and attempt = $2 and status = 'in_progress'
       returning format('%s accepted, %s skipped, %s rejected',
         inserted_count + updated_count + unchanged_count, skipped_count, rejected_count) as counts`,
    [
      task.id,
      task.attempt,
      end.status,
      now,
      end.status === "failed" ? JSON.stringify(end.failure) : null,
      "notes" in end && end.notes ? JSON.stringify(end.notes) : null,
    ],
  );
  if (!rows[0]) throw new AttemptLost();
  await client.query("delete from waybill.run_seen_values where run_id = $1", [task.id]);
  const level = end.status === "completed" ? "info" : end.status === "failed" ? "error" : "warning";
  const message =
    end.status === "failed" ? end.failure.message : `The run is ${runStatusLabels[end.status]}: ${rows[0].counts}.`;
  await writeRunLog(client, services.clock, task.id, level, end.status, message);
  await announceRunChange(client, task.id);
  return await readRunEnd(client, task.id);
}
