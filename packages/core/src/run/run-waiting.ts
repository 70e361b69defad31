import { runsAtOnce } from "../engine/runs-at-once.ts";
import { isLost } from "../worker/lost-worker.ts";
import type { RunNote } from "./run-summary.ts";

/** What is known of a run `r` that no worker holds and that is not over. */
export interface WaitingRow {
  /** Whether anybody takes runs. */
  worker: boolean;
  /** How many runs of its integration are at work, and how many may be. */
  atWork: number;
  atOnce: number;
  /** The last line of its log, if that tells of an interruption. */
  interruption: string | null;
}

/** SQL that gives the `WaitingRow` of a run `r` that waits, and else null; its value is the lease of workers in seconds. */
export const waitingRow = (leaseSeconds: string) => `(
  case when r.status = 'in_progress' and r.held_by is null then json_build_object(
    'worker', exists (select from waybill.workers w where not ${isLost(leaseSeconds)}),
    'atWork', (
      select count(*) from waybill.runs o
      where o.integration_id = r.integration_id and o.status = 'in_progress' and o.held_by is not null),
    'atOnce', ${runsAtOnce},
    'interruption', (
      select case when l.event in ('attempt_interrupted', 'worker_lost') then l.message end
      from waybill.run_log l where l.run_id = r.id order by l.id desc limit 1)) end)`;

/** Why a run waits, in the order of what a person can do about it; null where it is about to be taken. */
export function describeWaiting(row: WaitingRow | null): RunNote | null {
  if (row === null) return null;
  if (!row.worker) {
    const message = "No worker takes runs, so it waits in the queue. Start one: WAYBILL_ROLE=worker npx waybill serve";
    return { code: "no_worker", message };
  }
  if (row.interruption !== null) return { code: "interrupted", message: row.interruption };
  if (row.atWork < row.atOnce) return null;
  const others = row.atWork === 1 ? "Another run" : `${row.atWork} other runs`;
  return { code: "others_first", message: `${others} of this integration must end first.` };
}
