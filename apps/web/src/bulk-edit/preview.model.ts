import type { RecordIssue } from "@waybill/core/record/issue-code";
import type { BulkEditPreview } from "../data/bulk-edits.ts";
import { formatNumber } from "../ui/format.ts";

/** What becomes of an issue: it goes away, it stays, or it is a new one. */
export type IssueFate = "goes" | "stays" | "comes";

/** What a change would do, as a sentence. */
export function describePreview({ matched, lookedAt, changed, healed }: BulkEditPreview): string {
  const found = `${formatNumber(matched)} ${matched === 1 ? "record matches" : "records match"}`;
  const changes = changed === 0 ? "none changes" : `${formatNumber(changed)} ${changed === 1 ? "changes" : "change"}`;
  const left = changed === 0 ? "" : `, ${formatNumber(healed)} would have no issue left`;
  if (lookedAt >= matched) return `${found}, ${changes}${left}.`;
  return `${found}. Of the first ${formatNumber(lookedAt)}, ${changes}${left}.`;
}

/** Whether applying a change would do something, as far as its preview can tell. */
export function wouldChange({ matched, lookedAt, changed }: BulkEditPreview): boolean {
  return changed > 0 || lookedAt < matched;
}

/** What becomes of the issues of a record: first those that go away, then those that it has afterwards. */
export function compareIssues(
  before: readonly RecordIssue[],
  after: readonly RecordIssue[],
): { issue: RecordIssue; fate: IssueFate }[] {
  const isIn = (issues: readonly RecordIssue[], one: RecordIssue) =>
    issues.some(({ field, code }) => field === one.field && code === one.code);
  const gone = before.filter((issue) => !isIn(after, issue));
  return [
    ...gone.map((issue) => ({ issue, fate: "goes" as const })),
    ...after.map((issue) => ({ issue, fate: isIn(before, issue) ? ("stays" as const) : ("comes" as const) })),
  ];
}
