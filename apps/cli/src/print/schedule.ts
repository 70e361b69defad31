import type { RouterOutputs } from "@waybill/api";
import { describeMilliseconds, describeParameter } from "@waybill/core/run/describe-run";
import { runStatusLabels } from "@waybill/core/run/status";
import { occurrenceStateLabels } from "@waybill/core/schedule/occurrence-state";
import { formatTime } from "./format.ts";
import { renderTable } from "./table.ts";

/** A schedule, and what became of its occurrences, as the API gives them. */
export type Schedule = RouterOutputs["schedules"]["get"];
export type Occurrence = RouterOutputs["schedules"]["occurrences"]["items"][number];

/** A schedule for a terminal: what it runs and when, its rules, what it did last. */
export function renderSchedule(schedule: Schedule, occurrences: Occurrence[]): string {
  const { name, sentence, paused } = schedule;
  const heading = [name, sentence, paused && sayPaused(paused)].filter(Boolean).join("\n");
  return [heading, rules(schedule), renderOccurrences(occurrences)].filter(Boolean).join("\n\n");
}

/** Schedules, one line for each. */
export function renderSchedules(schedules: Schedule[]): string {
  const rows = schedules.map(({ name, target, sentence, nextAt, paused }) => [
    name,
    sayTarget(target),
    paused ? "paused" : formatTime(nextAt),
    sentence,
  ]);
  return renderTable(["Name", "Runs", "Next", "When"], rows);
}

/** What became of occurrences, and what is still to come, one line for each. */
export function renderOccurrences(occurrences: Occurrence[]): string {
  if (occurrences.length === 0) return "";
  const rows = occurrences.map((one) => [
    formatTime(one.at),
    one.schedule.name,
    sayState(one),
    one.lateMilliseconds === null ? "" : describeMilliseconds(one.lateMilliseconds),
    one.note?.message ?? one.run?.name ?? (one.paused ? sayPaused(one.paused) : ""),
  ]);
  return renderTable(["At", "Schedule", "State", "Late by", "Run, or why there is none"], rows, ["Late by"]);
}

function sayPaused({ by, at, note }: NonNullable<Schedule["paused"]>): string {
  return `Paused by ${by}, ${formatTime(at)}${note ? `: ${note}` : ""}`;
}

function sayState({ state, run, paused }: Occurrence): string {
  if (state === "scheduled" && paused) return "Paused";
  if (state === "started" && run) return runStatusLabels[run.status];
  return {
    ...occurrenceStateLabels,
    scheduled: runStatusLabels.scheduled,
    scheduled_but_deleted: runStatusLabels.scheduled_but_deleted,
  }[state];
}

function sayTarget({ kind, key, deleted }: Schedule["target"]): string {
  return `${kind === "set" ? "set " : ""}${key}${deleted ? " (deleted)" : ""}`;
}

function rules(schedule: Schedule): string {
  const overlap = { skip: "skipped", queue: "started once that is over", allow: "started beside it" };
  const missed = { skip: "skipped", once: "made up for by one run", all: "all run" };
  const { missedWindowMinutes, jitterSeconds, pauseAfterFailures } = schedule;
  const rows = [
    ["Runs", sayTarget(schedule.target)],
    ["Next", formatTime(schedule.nextAt)],
    ["While one goes on", `the next is ${overlap[schedule.overlap]}`],
    ["What was missed", `is ${missed[schedule.missed]}, up to ${missedWindowMinutes} minutes back`],
    ["Starts", jitterSeconds > 0 ? `up to ${jitterSeconds} s late, as chance has it` : "at its time"],
    ["Pauses", pauseAfterFailures ? sayFailures(pauseAfterFailures) : "only when somebody pauses it"],
    ...Object.entries(schedule.parameters).map(([key, value]) => [`  ${key}`, describeParameter(value)]),
    ...schedule.files.map(({ step, key, name }) => [[step, key || "source file"].filter(Boolean).join(" "), name]),
    ["Saved", `${formatTime(schedule.updatedAt)}, added by ${schedule.createdBy}`],
    ["Id", schedule.id],
  ];
  return renderTable(["Details", ""], rows);
}

function sayFailures(count: number): string {
  return count === 1 ? "after a failure" : `after ${count} failures in a row`;
}
