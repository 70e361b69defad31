import type { RouterOutputs } from "@waybill/api";
import type { RecordIssue } from "@waybill/core/record/issue-code";
import { showInvalidBytes } from "@waybill/core/record/source-text";
import { type RecordState, recordStateLabels, recordStates } from "@waybill/core/rejected/record-state";
import { formatNumber } from "./format.ts";
import { renderTable } from "./table.ts";

type RecordPage = RouterOutputs["records"]["list"];
type RecordListItem = RecordPage["items"][number];
type IssueGroup = RouterOutputs["records"]["count"]["groups"][number];

/** A page of records under the names of their runs, a line for each issue. */
export function renderRecordList({ items }: Pick<RecordPage, "items">): string {
  const runs = Map.groupBy(items, (record) => record.run.id);
  return [...runs.values()].map(renderRecordsOfRun).join("\n\n");
}

function renderRecordsOfRun(records: RecordListItem[]): string {
  const [first] = records;
  const head = ["Record", "Line", "State", "Assignee", "Field", "Value", "Meaning"];
  const table = renderTable(head, records.flatMap(rowsOf), ["Line"]);
  return first ? `${first.run.name} (${first.integration})\n${table}` : table;
}

function rowsOf(record: RecordListItem): string[][] {
  const { id, line, state, assignee, issues } = record;
  const start = [id, String(line), recordStateLabels[state], assignee ?? "-"];
  if (issues.length === 0) return [[...start, "-", "", sayIssueless(record)]];
  return issues.map((issue, index) => [...(index === 0 ? start : ["", "", "", ""]), ...cellsOf(issue)]);
}

/** How a record stands that has no issue. */
export function sayIssueless({ state, resubmittedIn }: Pick<RecordListItem, "state" | "resubmittedIn">): string {
  if (resubmittedIn) return `${state === "resolved" ? "accepted by" : "sent in"} ${resubmittedIn.name}`;
  return state === "open" ? "ready to resubmit" : "";
}

/** What is wrong with one record, a line for each issue. */
export function renderIssues(issues: RecordIssue[]): string {
  return renderTable(["Field", "Value", "Meaning"], issues.map(cellsOf));
}

function cellsOf({ field, value, message }: RecordIssue): string[] {
  return [field ?? "-", value === null ? "" : showValue(value), message];
}

/** The issues by code and field, with how many records have each, and the first of them. */
export function renderIssueGroups(groups: IssueGroup[]): string {
  if (groups.length === 0) return "";
  const rows = groups.map(({ code, field, count, example }) => [
    formatNumber(count),
    code,
    field ?? "-",
    example.value === null ? "" : showValue(example.value),
    example.message,
  ]);
  return renderTable(["Count", "Issue", "Field", "Example", "Meaning"], rows, ["Count"]);
}

/** How many records are in each state, as one line. */
export function sayCounts(states: Record<RecordState, number>): string {
  return recordStates
    .map((state) => `${formatNumber(states[state])} ${recordStateLabels[state].toLowerCase()}`)
    .join(", ");
}

/** So many records, in words. */
export function sayRecords(count: number): string {
  return count === 1 ? "1 record" : `${formatNumber(count)} records`;
}

const shownCharactersMax = 100;

/** A value in quotes, with bytes that are no text written out, cut short where a table could not hold it. */
export function showValue(value: string): string {
  const short = showInvalidBytes(value.slice(0, shownCharactersMax).toWellFormed());
  return JSON.stringify(value.length > shownCharactersMax ? `${short}…` : short);
}
