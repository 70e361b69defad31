import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import { waybillItself } from "../access/sign-in.ts";
import type { Context, Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import type { RunNote } from "../run/run-summary.ts";
import { advanceSetRun } from "../set/advance-set-run.ts";
import { type ChosenOccurrences, chooseOccurrences } from "./choose-occurrences.ts";
import { type DueSchedule, failuresInARow, findOpen, holdDue, isUnderWay, readDue } from "./held-schedule.ts";
import { planAfter } from "./plan-after.ts";
import { occurrencesAfter } from "./recurrence/occurrences.ts";
import { type PreparedOccurrence, prepareOccurrence, type StartedRun } from "./start-occurrence.ts";

/** An occurrence that may be started, or why it cannot be. */
interface Candidate {
  at: Date;
  prepared: PreparedOccurrence | RunNote;
}

/**
 * Does what is due of a schedule: starts its occurrences or takes down why it does not, and plans the next one, in one
 * transaction that holds the schedule. Any number of processes may do so at once; there is one row for each occurrence.
 */
export async function fireSchedule(services: Services, id: string): Promise<void> {
  const schedule = await readDue(services, id);
  if (!schedule) return;
  const now = services.clock.now();
  const due = findDue(schedule, now);
  if (due.length === 0 && (schedule.paused || (await isUnderWay(services.database.pool, id)))) return;
  const chosen = schedule.paused ? leaveAll(due) : chooseOccurrences(due, now, schedule);
  const ctx: Context = { ...services, actor: schedule.actor };
  const wanted = schedule.paused ? [] : [...schedule.waiting, ...chosen.start];
  const candidates = await Promise.all(wanted.map((at) => prepare(ctx, schedule, at)));
  const started = await transaction(services.database, async (client) => {
    if (!(await holdDue(client, schedule))) return [];
    const open = await findOpen(client, schedule, [...chosen.leave, ...candidates]);
    for (const { at, note } of chosen.leave.filter(open))
      await record(services, client, schedule, at, { state: "not_started", note });
    const runs = schedule.paused ? [] : await startAll(ctx, client, schedule, candidates.filter(open));
    const last = due.at(-1);
    if (last) await planAfter(client, schedule, last);
    return runs;
  });
  for (const { setRunId } of started) if (setRunId) await advanceSetRun(services, setRunId);
}

/** Occurrences until now that nobody has come to; of very many only the last, since the others are long past. */
function findDue({ recurrence, nextAt }: DueSchedule, now: Date): Date[] {
  if (!nextAt || nextAt > now) return [];
  const due = [nextAt];
  while (due.length < limits.dueOccurrencesMax) {
    const found = occurrencesAfter(recurrence, due.at(-1) ?? nextAt, limits.dueOccurrencesStep).map(({ at }) => at);
    const past = found.filter((at) => at <= now);
    due.push(...past);
    if (past.length < limits.dueOccurrencesStep) break;
  }
  return due;
}

async function prepare(ctx: Context, schedule: DueSchedule, at: Date): Promise<Candidate> {
  try {
    return { at, prepared: await prepareOccurrence(ctx, schedule, at) };
  } catch (error) {
    return { at, prepared: noteOf(error) };
  }
}

function leaveAll(due: Date[]): ChosenOccurrences {
  const note = { code: "schedule_paused", message: "The schedule was paused." };
  return { start: [], leave: due.map((at) => ({ at, note })) };
}

async function startAll(
  ctx: Context,
  client: PoolClient,
  schedule: DueSchedule,
  candidates: Candidate[],
): Promise<StartedRun[]> {
  const started: StartedRun[] = [];
  let busy = schedule.overlap !== "allow" && (await isUnderWay(client, schedule.id));
  let stopped = await pauseAfterFailures(ctx, client, schedule);
  for (const { at, prepared } of candidates) {
    const left = stopped ? { state: "not_started" as const, note: stopped } : busy ? overlapping(schedule) : null;
    if (left) {
      await record(ctx, client, schedule, at, left);
      continue;
    }
    const run = await start(client, prepared);
    if ("code" in run) {
      await record(ctx, client, schedule, at, { state: "failed", note: run });
      stopped = await pauseAfterFailures(ctx, client, schedule);
    } else {
      await record(ctx, client, schedule, at, { state: "started", ...run });
      started.push(run);
      busy = schedule.overlap !== "allow";
    }
  }
  return started;
}

/** Starts what was prepared; gives why not, where it cannot be. What is refused is refused before anything is written. */
async function start(client: PoolClient, prepared: Candidate["prepared"]): Promise<StartedRun | RunNote> {
  if (typeof prepared !== "function") return prepared;
  try {
    return await prepared(client);
  } catch (error) {
    return noteOf(error);
  }
}

function noteOf(error: unknown): RunNote {
  if (!(error instanceof WaybillError)) throw error;
  return { code: error.code, message: error.message };
}

function overlapping({ overlap }: DueSchedule): Handled {
  if (overlap === "queue") return { state: "waiting" };
  const message = "The run of an earlier occurrence was still going on, and the schedule skips what overlaps.";
  return { state: "not_started", note: { code: "overlap", message } };
}

/** Pauses a schedule whose runs have failed too often in a row; gives why. */
async function pauseAfterFailures(
  { clock }: Context,
  client: PoolClient,
  { id, pauseAfterFailures: most }: DueSchedule,
): Promise<RunNote | null> {
  if (most === null || (await failuresInARow(client, id, most)) < most) return null;
  const message = `Paused, since its last ${most === 1 ? "run" : `${most} runs`} failed. Resume it once that is mended.`;
  await client.query("update waybill.schedules set paused_at = $2, paused_by = $3, pause_note = $4 where id = $1", [
    id,
    clock.now(),
    waybillItself.id,
    message,
  ]);
  return { code: "failures_in_a_row", message };
}

/** What is done about an occurrence. */
interface Handled extends Partial<StartedRun> {
  state: "started" | "waiting" | "not_started" | "failed";
  note?: RunNote;
}

async function record(
  { clock }: Pick<Services, "clock">,
  client: PoolClient,
  { id }: DueSchedule,
  at: Date,
  { state, note, runId = null, setRunId = null }: Handled,
): Promise<void> {
  const { rowCount } = await client.query(
    `insert into waybill.occurrences as o (schedule_id, at, state, note, run_id, set_run_id, handled_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (schedule_id, at) do update set state = excluded.state, note = excluded.note, run_id = excluded.run_id,
       set_run_id = excluded.set_run_id, handled_at = excluded.handled_at where o.state = 'waiting'`,
    [id, at, state, note ? JSON.stringify(note) : null, runId, setRunId, clock.now()],
  );
  if (rowCount === 0) throw new Error(`The occurrence ${at.toISOString()} of the schedule ${id} is settled already.`);
}
