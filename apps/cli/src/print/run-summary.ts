import { sentenceOf } from "@waybill/core/record/issue-code";
import { describeDuration, describeParameter, describeSignature } from "@waybill/core/run/describe-run";
import type { RunSummary } from "@waybill/core/run/run-summary";
import { isFinal, runStatusLabels } from "@waybill/core/run/status";
import { formatNumber, formatTime } from "./format.ts";
import { renderTable } from "./table.ts";

/** The Run Summary for a terminal: what happened first, then why, then with what. */
export function renderRunSummary(run: RunSummary): string {
  const sections = [
    heading(run),
    waiting(run),
    failure(run),
    counts(run),
    issues(run),
    resolved(run),
    nextSteps(run),
    notes(run),
    details(run),
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}

function heading(run: RunSummary): string {
  const test = run.test ? " (test: nothing was kept in the destination)" : "";
  const phase = run.phase ? `, ${run.phase}` : "";
  return `${run.name}\n${runStatusLabels[run.status]}${phase}${test}`;
}

function waiting({ waiting }: RunSummary): string {
  return waiting ? `Waiting: ${waiting.message}` : "";
}

function failure({ failure }: RunSummary): string {
  return failure ? `${failure.code}: ${failure.message}` : "";
}

function counts({ counts, kept, status, recordsPerSecond }: RunSummary): string {
  const left = kept || !isFinal(status) || counts.accepted === 0 ? "" : "not kept: ";
  const accepted = `${left}inserted ${formatNumber(counts.inserted)}, updated ${formatNumber(counts.updated)}, unchanged ${formatNumber(counts.unchanged)}`;
  const speed = recordsPerSecond === null || counts.read === 0 ? "" : `${formatNumber(recordsPerSecond)} a second`;
  const rows = [
    ["Read", formatNumber(counts.read), speed],
    ["Accepted", formatNumber(counts.accepted), accepted],
    ["Skipped", formatNumber(counts.skipped), ""],
    ["Rejected", formatNumber(counts.rejected), ""],
  ];
  return renderTable(["Records", "", " "], rows, [""]);
}

function issues({ issues }: RunSummary): string {
  if (issues.length === 0) return "";
  const rows = issues.map(({ code, field, count }) => [formatNumber(count), code, field ?? "-", sentenceOf(code)]);
  return renderTable(["Count", "Issue", "Field", "Meaning"], rows, ["Count"]);
}

/** What a person may want to do about it. */
function nextSteps({ id, counts, rejectedPurgedAt }: RunSummary): string {
  if (counts.rejected === 0 || rejectedPurgedAt !== null) return "";
  return `See the rejected records: npx waybill records list --run ${id}\nTake them to correct:     npx waybill records export --run ${id} --out errors.csv`;
}

function resolved({ madeRuns }: RunSummary): string {
  const made = madeRuns.filter((run) => run.resolved !== null);
  if (made.length === 0) return "";
  const sum = made.reduce((total, run) => total + (run.resolved ?? 0), 0);
  const by = made.map((run) => `  ${formatNumber(run.resolved ?? 0)} by ${run.name}`);
  return `Resolved since: ${formatNumber(sum)} of the rejected records\n${by.join("\n")}`;
}

function notes({ warnings, notes }: RunSummary): string {
  const lines = [
    ...warnings.map(({ message }) => `Warning: ${message}`),
    ...notes.map(({ message }) => `Note: ${message}`),
  ];
  return lines.join("\n");
}

function details(run: RunSummary): string {
  const took = describeDuration(run.startedAt, run.finishedAt);
  const phases = run.phases.map((time) => `${time.phase} ${describeDuration(time.startedAt, time.finishedAt)}`);
  const rows = [
    ["Integration", `${run.integration}, version ${run.version}`],
    ["Started", `${formatTime(run.startedAt)} by ${run.startedBy}`],
    ["Took", `${took} (${phases.join(", ")})`],
    ...Object.entries(run.parameters).map(([key, value]) => [`  ${key}`, describeParameter(value)]),
    ...run.files.map((file) => [file.key ?? "Source file", showFile(file)]),
    ...(run.setRun ? [["Step of", `${run.setRun.name}, ${run.setRun.step} (${run.setRun.id})`]] : []),
    ...showSchedule(run.schedule),
    ...(run.fromRun ? [["From run", run.fromRun.name]] : []),
    ["Id", run.id],
  ];
  return renderTable(["Details", ""], rows);
}

/** The row of the schedule that started a run or a set run; none where it was not one. */
export function showSchedule(schedule: RunSummary["schedule"]): string[][] {
  return schedule ? [["Schedule", `${schedule.name}, for ${formatTime(schedule.at)}`]] : [];
}

function showFile({ name, bytes, sha256, layers, signedBy }: RunSummary["files"][number]): string {
  const opened = layers.length > 1 ? `, ${layers.join(" > ")}` : "";
  const signed = signedBy ? `, ${describeSignature(signedBy)}` : "";
  return `${name}, ${formatNumber(bytes)} bytes${opened}${signed}, sha256 ${sha256.slice(0, 12)}`;
}
