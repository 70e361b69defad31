import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { settleResubmitted } from "../rejected/settle-resubmitted.ts";
import { runChanges } from "../run/run-changes.ts";
import { endedPhases } from "../run/run-phases.ts";
import type { RunNote, RunPhaseTime } from "../run/run-summary.ts";
import { runStatusLabels } from "../run/status.ts";
import type { TelemetryEvents } from "../telemetry.ts";
import type { CountedRun } from "./counted-run.ts";
import { AttemptLost, type RunTask } from "./run-task.ts";
import type { SettledRecords } from "./settling.ts";

/** How a run can end. */
export type RunEnd =
  | { status: "completed" | "completed_with_errors"; notes?: RunNote[]; settled?: SettledRecords | undefined }
  | { status: "cancelled" }
  | { status: "failed"; failure: RunNote };

/** Ends a run whose records have all been read, by what was counted of them. */
export async function finishRun(
  services: Services,
  task: Pick<RunTask, "id" | "attempt" | "definition" | "resubmission">,
  counted: CountedRun,
): Promise<void> {
  await endRun(services, task, {
    status: counted.rejected === 0 ? "completed" : "completed_with_errors",
    notes: [...counted.notes, ...notesOf(counted, task)],
    settled: counted.settled,
  });
}

function notesOf(
  { read, accepted, updated }: CountedRun,
  { definition, resubmission }: Pick<RunTask, "definition" | "resubmission">,
): RunNote[] {
  const { mode } = definition.destination;
  const empty = { code: "no_records", message: "The file holds a header and no records, so nothing was loaded." };
  const same = {
    code: "nothing_replaced",
    message: "No record came in, so the destination keeps what it held before.",
  };
  const over = {
    code: "written_over",
    message: `${updated === 1 ? "1 record" : `${updated} records`} of the destination had the key of a corrected record and other values, and ${updated === 1 ? "was" : "were"} written over: later lines of the file, or later runs, may have loaded them.`,
  };
  return [
    ...(read === 0 ? [empty] : []),
    ...(mode === "replace" && accepted === 0 ? [same] : []),
    ...(resubmission && updated > 0 ? [over] : []),
  ];
}

/** Gives a run its final status, once. Throws `AttemptLost` when the attempt is no longer the run's. */
export async function endRun(services: Services, task: Pick<RunTask, "id" | "attempt">, end: RunEnd): Promise<void> {
  services.telemetry.emit("runEnded", await endRunWithin(services, services.database.pool, task, end));
}

/**
 * As `endRun`, within the caller's transaction. Gives what is to be told once that is committed. What a run that was
 * cancelled saw in its `unique` fields is left to the purge: to take millions of values would keep whoever cancels waiting.
 */
export async function endRunWithin(
  services: Services,
  client: Pick<PoolClient, "query">,
  task: Pick<RunTask, "id" | "attempt">,
  end: RunEnd,
): Promise<TelemetryEvents["runEnded"][0]> {
  const { settled = noneSettled } = "settled" in end ? end : {};
  const level = end.status === "completed" ? "info" : end.status === "failed" ? "error" : "warning";
  const { rows } = await client.query<EndedRun>(
    `with ended as (
       update waybill.runs set status = $3, phase = null, held_by = null, phases = ${endedPhases("$4")},
         finished_at = $4::text::timestamptz, failure = $5, notes = coalesce($6, notes),
         kept = kept or (not test and $3 in ('completed', 'completed_with_errors'))
       where id = $1 and attempt = $2 and status = 'in_progress'
       returning *
     ), forgotten as (
       delete from waybill.run_seen_values where run_id in (select id from ended where $3 <> 'cancelled')
     ), ${settleResubmitted("ended", "(s.record_number <= $10 or s.record_number > $11)")}, logged as (
       insert into waybill.run_log (run_id, at, level, event, message)
       select id, finished_at, $7, $3, coalesce($8, format('The run is %s: %s accepted%s, %s skipped, %s rejected.', $9::text,
         accepted, case when accepted > 0 and not kept then ' but not kept' end, skipped_count, rejected_count))
       from ended cross join lateral (select inserted_count + updated_count + unchanged_count as accepted) as counted
     )
     select e.id as run, e.attempt, i.key as integration, e.status, e.read_count::float8 as records, e.phases,
       extract(epoch from e.finished_at - e.created_at)::float8 as seconds, pg_notify('${runChanges}', e.id::text)
     from ended e join waybill.integrations i on i.id = e.integration_id`,
    [
      task.id,
      task.attempt,
      end.status,
      services.clock.now().toISOString(),
      end.status === "failed" ? JSON.stringify(end.failure) : null,
      "notes" in end && end.notes ? JSON.stringify(end.notes) : null,
      level,
      end.status === "failed" ? end.failure.message : null,
      runStatusLabels[end.status],
      settled.from,
      settled.upTo,
    ],
  );
  if (!rows[0]) throw new AttemptLost();
  const { run, attempt, integration, status, records, seconds, phases } = rows[0];
  return { run, attempt, integration, status, records, seconds: Math.max(0, seconds), phases: phases.map(lengthOf) };
}

const noneSettled: SettledRecords = { from: 0, upTo: 0 };

type EndedRun = Omit<TelemetryEvents["runEnded"][0], "phases"> & { phases: RunPhaseTime[] };

function lengthOf({ phase, startedAt, finishedAt }: RunPhaseTime) {
  return { phase, seconds: Math.max(0, Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1_000 };
}
