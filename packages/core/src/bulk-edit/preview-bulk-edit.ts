import type { z } from "zod";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
import type { RecordIssue } from "../record/issue-code.ts";
import { countFitting } from "../rejected/count-records.ts";
import type { OrderedReading, Place } from "../rejected/find-in-order.ts";
import { noRecords } from "../rejected/record-errors.ts";
import { changeable, conditionsOf } from "../rejected/record-filter.ts";
import { compileChange } from "./bulk-change.ts";
import { type ChangedRows, changeOfColumn, changeRows, countHealed } from "./change-rows.ts";
import { checkColumn } from "./list-columns.ts";
import { type FoundRows, readRows } from "./read-rows.ts";
import { startBulkEditInput } from "./start-bulk-edit.ts";

export const previewBulkEditInput = startBulkEditInput;

/** A record as a change would leave it. */
export interface PreviewExample {
  record: string;
  run: string;
  recordNumber: number;
  before: string;
  after: string;
  issuesBefore: RecordIssue[];
  issuesAfter: RecordIssue[];
}

/** What a change would do. Where there are more than were looked at, `matched` says how many there are. */
export interface BulkEditPreview {
  matched: number;
  lookedAt: number;
  changed: number;
  /** Those that would have no issue left, and have one. */
  healed: number;
  examples: PreviewExample[];
}

/**
 * Tries a change on the open records of a filter, at most `limits.previewRecordsMax` of them, and keeps nothing. Throws as
 * `startBulkEdit` does, and the reason of `signal` once that aborts.
 */
export async function previewBulkEdit(
  ctx: Context,
  { filter, change }: z.output<typeof previewBulkEditInput>,
  signal?: AbortSignal,
): Promise<BulkEditPreview> {
  const apply = compileChange(change);
  const conditions = changeable(await conditionsOf(ctx, filter));
  const matched = await countFitting(ctx, conditions);
  if (matched === 0) throw noRecords("open");
  await checkColumn(ctx, conditions, change.column);
  const preview: BulkEditPreview = { matched, lookedAt: 0, changed: 0, healed: 0, examples: [] };
  let place: Place | null = null;
  for (let more = true; more && preview.lookedAt < limits.previewRecordsMax; ) {
    signal?.throwIfAborted();
    const reading: OrderedReading = { conditions, after: place, count: limits.bulkEditStepRecords };
    const { records, next }: FoundRows = await readRows(ctx.database.pool, reading);
    for (const changed of await changeRows(ctx, ctx.database.pool, records, changeOfColumn(change, apply))) {
      add(preview, change.column, changed);
    }
    preview.lookedAt += records.length;
    place = next;
    more = next !== null;
  }
  return preview;
}

function add(preview: BulkEditPreview, column: string, { rules, edits }: ChangedRows): void {
  preview.changed += edits.length;
  preview.healed += countHealed(edits);
  const position = rules.header.indexOf(column);
  for (const { record, row, issues } of edits.slice(0, limits.previewExamplesMax - preview.examples.length)) {
    preview.examples.push({
      record: record.id,
      run: record.runId,
      recordNumber: record.recordNumber,
      before: record.row[position] ?? "",
      after: row[position] ?? "",
      issuesBefore: record.issues,
      issuesAfter: issues,
    });
  }
}
