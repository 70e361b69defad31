import type { RouterOutputs } from "@waybill/api";
import { recordStateLabels } from "@waybill/core/rejected/record-state";
import { formatTime } from "./format.ts";
import { renderIssues, sayIssueless, showValue } from "./record.ts";
import { renderTable } from "./table.ts";

type RecordDetails = RouterOutputs["records"]["get"];

/** A rejected record for a terminal: how it stands, its columns with what is wrong, then its history. */
export function renderRecord(record: RecordDetails): string {
  const sections = [heading(record), columns(record), layout(record), otherIssues(record), history(record)];
  return sections.filter((section) => section !== "").join("\n\n");
}

function heading(record: RecordDetails): string {
  const { run, integration, recordNumber, state, assignee, issues, revision } = record;
  const stands = [recordStateLabels[state], issues.length === 0 ? sayIssueless(record) : ""];
  const kept = `Assigned to ${assignee ?? "nobody"}, revision ${revision}`;
  return `Record ${recordNumber} of ${run.name} (${integration})\n${stands.filter(Boolean).join(": ")}\n${kept}`;
}

function columns(record: RecordDetails): string {
  const { columns, values, original, laidOut, issues } = record;
  const shown = laidOut?.row ?? values;
  const came = original?.length === columns.length ? original : null;
  const rows = columns.map((column, index) => {
    const value = shown[index] ?? "";
    const before = came?.[index] ?? value;
    const wrong = issues.filter((issue) => columnOf(record, issue) === index);
    return [
      column,
      showValue(value),
      before === value ? "" : showValue(before),
      wrong.map(({ message }) => message).join(" "),
    ];
  });
  return renderTable(["Column", "Value", "Original", "Issue"], rows);
}

/** How a row is shown that does not fit its columns, and what to do where it is right so. */
function layout({ id, state, laidOut }: RecordDetails): string {
  if (laidOut === null) return "";
  const { beyond } = laidOut;
  const lost = beyond.length > 0 ? ` An edit leaves out what has no column: ${beyond.map(showValue).join(", ")}.` : "";
  const next = state === "open" ? `\nIf it is right so: npx waybill records edit ${id} --as-laid-out` : "";
  return `Its row does not fit the columns, so it is laid out under them as far as it goes.${lost}${next}`;
}

/** What is wrong with the record as a whole, or with a field that has no column of its name. */
function otherIssues(record: RecordDetails): string {
  const others = record.issues.filter((issue) => columnOf(record, issue) < 0);
  return others.length === 0 ? "" : renderIssues(others);
}

function columnOf({ columns, columnOfField }: RecordDetails, { field }: { field: string | null }): number {
  return columns.indexOf(columnOfField[field ?? ""] ?? "");
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
      return `Edited ${column} from ${showValue(from ?? "")} to ${showValue(to ?? "")}${sayBulk(bulkEdit)}`;
    case "assigned":
      return `Assigned to ${to ?? "nobody"}, before to ${from ?? "nobody"}`;
    case "dismissed":
    case "reopened":
      return `${action === "dismissed" ? "Dismissed" : "Reopened"}${reason ? `: ${reason}` : ""}`;
  }
}

function sayBulk(bulkEdit: Extract<Entry, { kind: "change" }>["bulkEdit"]): string {
  if (bulkEdit === null) return "";
  return bulkEdit.kind === "undo"
    ? ` by the undoing ${bulkEdit.id} of a bulk edit`
    : ` in the bulk edit ${bulkEdit.id}`;
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
