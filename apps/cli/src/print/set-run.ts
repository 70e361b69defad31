import type { RouterOutputs } from "@waybill/api";
import { describeDuration, describeParameter } from "@waybill/core/run/describe-run";
import { stepStatusLabels } from "@waybill/core/set/set-run";
import { formatNumber, formatTime } from "./format.ts";
import { showSchedule } from "./run-summary.ts";
import { renderTable } from "./table.ts";

/** A set run as the API gives it. */
export type SetRun = RouterOutputs["sets"]["runs"]["get"];

/** A set run for a terminal: how it stands, its steps, what can be done about it. */
export function renderSetRun(setRun: SetRun): string {
  const heading = `${setRun.name}\n${sayStatus(setRun)}`;
  return [heading, steps(setRun), nextStep(setRun), details(setRun)].filter(Boolean).join("\n\n");
}

/** Where a set run stands, in one line. */
export function sayProgress({ steps }: SetRun): string {
  const going = steps.find(({ status }) => status === "in_progress");
  const done = steps.filter(({ status }) => status !== "waiting" && status !== "in_progress").length;
  return going ? `step ${going.position} of ${steps.length}: ${going.name}` : `${done} of ${steps.length} steps done`;
}

function sayStatus({ status, cancelling }: SetRun): string {
  return cancelling ? "Stopping" : stepStatusLabels[status];
}

function steps({ steps }: SetRun): string {
  const rows = steps.map(({ position, key, status, counts, startedAt, finishedAt, note, run }) => [
    String(position),
    key,
    stepStatusLabels[status],
    counts ? formatNumber(counts.read) : "-",
    counts ? formatNumber(counts.rejected) : "-",
    describeDuration(startedAt, finishedAt),
    note?.message ?? run?.id ?? "",
  ]);
  return renderTable(["#", "Step", "Status", "Read", "Rejected", "Took", "Run, or why there is none"], rows, [
    "#",
    "Read",
    "Rejected",
    "Took",
  ]);
}

function nextStep({ id, status, resumedBy, steps }: SetRun): string {
  if (status === "in_progress") return `Stop it: npx waybill sets cancel ${id}`;
  if (resumedBy) return `Resumed by ${resumedBy.name}: npx waybill sets status ${resumedBy.id}`;
  if (status === "completed") return "";
  const failed = steps.find((step) => step.run && step.status !== "completed" && step.status !== "in_progress");
  const why = failed?.run ? [`See why: npx waybill runs show ${failed.run.id}`] : [];
  return [...why, `Go on once that is mended: npx waybill sets resume ${id}`].join("\n");
}

function details({
  id,
  set,
  version,
  startedBy,
  createdAt,
  finishedAt,
  parameters,
  fromSetRun,
  schedule,
}: SetRun): string {
  const rows = [
    ["Set", `${set}, version ${version}`],
    ["Started", `${formatTime(createdAt)} by ${startedBy}`],
    ["Took", describeDuration(createdAt, finishedAt)],
    ...showSchedule(schedule),
    ...(fromSetRun ? [["Resumes", `${fromSetRun.name} (${fromSetRun.id})`]] : []),
    ...Object.entries(parameters).map(([key, value]) => [`  ${key}`, describeParameter(value)]),
    ["Id", id],
  ];
  return renderTable(["Details", ""], rows);
}
