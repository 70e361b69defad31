import type { RouterOutputs } from "@waybill/api";
import { recordStateLabels } from "@waybill/core/rejected/record-state";
import { formatTime } from "./format.ts";
import { renderIssues, sayIssueless, showValue } from "./record.ts";
import { renderTable } from "./table.ts";

type RecordDetails = RouterOutputs["records"]["get"];

/** A rejected record for a terminal: how it stands, its columns with what is wrong, then its history. */
export function renderRecord(record: RecordDetails): string {
  const sections = [heading(record), columns(record), otherIssues(record), history(record)];
  return sections.filter((section) => section !== "").join("\n\n");
}

function heading(record: RecordDetails): string {
  const { run, integration, recordNumber, state, assignee, issues, revision } = record;
  const stands = [recordStateLabels[state], issues.length === 0 ? sayIssueless(record) : ""];
  const kept = `Assigned to ${assignee ?? "nobody"}, revision ${revision}`;
  return `Record ${recordNumber} of ${run.name} (${integration})\n${stands.filter(Boolean).join(": ")}\n${kept}`;
}

function columns(record: RecordDetails): string {
  const { values, original, issues } = record;
  const count = Math.max(record.columns.length, values.length);
  const rows = Array.from({ length: count }, (_, index) => {
    const value = values[index];
    const before = original?.[index];
    const wrong = issues.filter(({ field }) => field !== null && positionOf(record, field) === index);
    return [
      record.columns[index] ?? `(column ${index + 1})`,
      value === undefined ? "" : showValue(value),
      original === null || before === value ? "" : showValue(before ?? ""),
      wrong.map(({ message }) => message).join(" "),
    ];
  });
  return renderTable(["Column", "Value", "Original", "Issue"], rows);
}

/** What is wrong with the record as a whole, or with a field that has no column of its name. */
function otherIssues(record: RecordDetails): string {
  const others = record.issues.filter(({ field }) => field === null || positionOf(record, field) < 0);
  return others.length === 0 ? "" : renderIssues(others);
}

function positionOf({ columns }: RecordDetails, field: string): number {
  return columns.findIndex((column) => column.trim().toLowerCase() === field.toLowerCase());
}

function history({ sourceFile, line, run, history }: RecordDetails): string {
  const came = `${sourceFile?.name ?? "The source file"}, line ${line}: rejected by ${run.name} (${run.id})`;
  const rows = history.map((entry) => [
    formatTime(entry.at),
    entry.by,
    entry.kind === "change" ? sayChange(entry) : sayResubmission(entry),
  ]);
  return renderTable(["When", "Who", "What"], [["", "", came], ...rows]);
}

type Entry = RecordDetails["history"][number];

function sayChange({ action, column, from, to, reason, bulkEdit }: Extract<Entry, { kind: "change" }>): string {
  switch (action) {
    case "edited":
      if (column === null) return `Laid out under its columns, from ${from} to ${to}`;
      return `Edited ${column} from ${showValue(from ?? "")} to ${showValue(to ?? "")}${bulkEdit ? " in a bulk edit" : ""}`;
    case "assigned":
      return `Assigned to ${to ?? "nobody"}, before to ${from ?? "nobody"}`;
    case "dismissed":
    case "reopened":
      return `${action === "dismissed" ? "Dismissed" : "Reopened"}${reason ? `: ${reason}` : ""}`;
  }
}

function sayResubmission({ run, outcome, issues }: Extract<Entry, { kind: "resubmission" }>): string {
  const became = {
    waiting: "which is not over",
    accepted: "which accepted it",
    skipped: "which passed it over by a rule of the definition",
    rejected: `which rejected it: ${issues.map(({ message }) => message).join(" ")}`,
    not_loaded: "which ended before it was loaded",
  }[outcome];
  return `Resubmitted in ${run.name} (${run.id}), ${became}`;
}
