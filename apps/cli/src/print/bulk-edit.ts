import type { RouterOutputs } from "@waybill/api";
import { bulkEditStatusLabels } from "@waybill/core/bulk-edit/bulk-edit-status";
import { describeDuration } from "@waybill/core/run/describe-run";
import { formatNumber, formatTime } from "./format.ts";
import { sayRecords, showValue } from "./record.ts";
import { renderTable } from "./table.ts";

/** A bulk edit, a page of them, and what a change would do, as the API gives them. */
export type BulkEdit = RouterOutputs["records"]["bulk"]["get"];
export type BulkEditPage = RouterOutputs["records"]["bulk"]["list"];
export type BulkEditPreview = RouterOutputs["records"]["bulk"]["preview"];
export type BulkChange = BulkEdit["change"];

/** A bulk edit for a terminal: what it does, how it stands, what can be done about it. */
export function renderBulkEdit(edit: BulkEdit): string {
  const { failure } = edit;
  const heading = `${sayWhat(edit)}\n${bulkEditStatusLabels[edit.status]}`;
  const why = failure ? `${failure.code}: ${failure.message}` : "";
  return [heading, why, counts(edit), nextStep(edit), details(edit)].filter(Boolean).join("\n\n");
}

/** Bulk edits, one line for each. */
export function renderBulkEdits({ items }: Pick<BulkEditPage, "items">): string {
  const rows = items.map((edit) => [
    edit.id,
    `${bulkEditStatusLabels[edit.status]}${edit.undone ? " (undone)" : ""}`,
    sayWhat(edit),
    formatNumber(edit.counts.changed),
    formatNumber(edit.counts.healed),
    formatTime(edit.createdAt),
  ]);
  return renderTable(["Id", "Status", "Change", "Changed", "Healed", "Started"], rows, ["Changed", "Healed"]);
}

/** What a change would do, with examples. */
export function renderPreview(change: BulkChange, preview: BulkEditPreview): string {
  return [`${sayChange(change)}\n${sayPreview(preview)}`, examples(preview)].filter(Boolean).join("\n\n");
}

/** How much of a bulk edit is done, 0 to 100. */
export function percentOf({ counts: { matched, lookedAt } }: BulkEdit): number {
  return matched === 0 ? 100 : Math.min(100, Math.round((lookedAt / matched) * 100));
}

function sayWhat({ kind, change }: BulkEdit): string {
  return kind === "undo" ? `Undo: ${sayChange(change)}` : sayChange(change);
}

function sayChange(change: BulkChange): string {
  const { column } = change;
  switch (change.kind) {
    case "set":
      return `Set ${column} to ${showValue(change.value)}`;
    case "replace":
      return `Replace ${change.pattern ? "the pattern " : ""}${showValue(change.find)} in ${column} with ${showValue(change.with)}`;
    case "transform":
      return `Transform ${column}: ${typeof change.transform === "string" ? change.transform : JSON.stringify(change.transform)}`;
    case "map": {
      const pairs = Object.keys(change.values).length;
      return `Map ${pairs === 1 ? "1 value" : `${formatNumber(pairs)} values`} of ${column}`;
    }
  }
}

function counts({ counts }: BulkEdit): string {
  const rows = [
    ["To look at", formatNumber(counts.matched)],
    ["Looked at", formatNumber(counts.lookedAt)],
    ["Changed", formatNumber(counts.changed)],
    ["Healed", formatNumber(counts.healed), "had issues, have none now"],
  ];
  return renderTable(["Records", "", " "], rows, [""]);
}

function nextStep({ id, kind, status, undone, undoOf, counts }: BulkEdit): string {
  if (status === "in_progress") return `Stop it: npx waybill records bulk stop ${id}`;
  const kept = counts.lookedAt - counts.changed;
  if (kind === "undo" && kept > 0) {
    const how = `To take those back too once they are open again: npx waybill records bulk undo ${undoOf}`;
    return `${sayRecords(kept)} stayed as ${kept === 1 ? "it was" : "they were"}: changed again since, or not open. ${how}`;
  }
  if (kind === "undo" || counts.changed === 0) return "";
  return undone ? "It has been undone." : `Undo it: npx waybill records bulk undo ${id}`;
}

function details({ id, by, createdAt, finishedAt, filter, undoOf }: BulkEdit): string {
  const asked = Object.entries(filter).map(([name, value]) => `${name} ${showValue(String(value))}`);
  const rows = [
    ["Of records", asked.join(", ")],
    ["Started", `${formatTime(createdAt)} by ${by}`],
    ["Took", describeDuration(createdAt, finishedAt)],
    ...(undoOf ? [["Undoes", undoOf]] : []),
    ["Id", id],
  ];
  return renderTable(["Details", ""], rows);
}

function sayPreview({ matched, lookedAt, changed, healed }: BulkEditPreview): string {
  const fit = `${sayRecords(matched)} ${matched === 1 ? "fits" : "fit"}.`;
  const looked = lookedAt < matched ? `Of the first ${formatNumber(lookedAt)} it` : "It";
  if (changed === 0) return `${fit} ${looked} would change none.`;
  return `${fit} ${looked} would change ${formatNumber(changed)}, of which ${formatNumber(healed)} would have no issue left.`;
}

function examples({ examples, changed }: BulkEditPreview): string {
  if (examples.length === 0) return "";
  const rows = examples.map(({ record, before, after, issuesAfter }) => [
    record,
    showValue(before),
    showValue(after),
    issuesAfter.map(({ message }) => message).join(" ") || "-",
  ]);
  const table = renderTable(["Record", "Before", "After", "Still wrong"], rows);
  const left = changed - examples.length;
  return left > 0 ? `${table}\nAnd ${formatNumber(left)} more.` : table;
}
