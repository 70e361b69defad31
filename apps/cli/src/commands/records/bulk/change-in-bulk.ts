import { CliFailure, type ExitCode, exitCodes } from "../../../failure.ts";
import { type BulkChange, type BulkEditPreview, renderBulkEdit, renderPreview } from "../../../print/bulk-edit.ts";
import { sayRecords } from "../../../print/record.ts";
import { confirmOrRefuse } from "../../../prompts.ts";
import type { Session } from "../../../session.ts";
import { type FilterOptions, filterOf, narrows, type RecordFilter } from "../filter-options.ts";
import { exitCodeOfBulkEdit, followBulkEdit } from "./follow-bulk-edit.ts";

/** The options of a command that changes many records at once. */
export interface BulkOptions extends FilterOptions {
  preview?: boolean;
  yes?: boolean;
  json?: boolean;
}

/**
 * Shows what a change would do to the open records that fit, asks, has it made, and waits for the end. Gives what that
 * means for scripts; throws `CliFailure` where no option says which records.
 */
export async function changeInBulk(session: Session, change: BulkChange, options: BulkOptions): Promise<ExitCode> {
  const asked = { filter: readFilter(options), change };
  const { bulk } = session.api.records;
  if (options.preview) {
    const preview = await bulk.preview.query(asked);
    session.answer(preview, () => renderPreview(change, preview));
    return exitCodes.completed;
  }
  // A program that has said yes reads the one object of the end.
  if (!session.json || !options.yes) {
    const preview = await bulk.preview.query(asked);
    if (!session.json) session.answer(preview, () => renderPreview(change, preview));
    if (!session.json && preview.changed === 0 && preview.lookedAt === preview.matched) return exitCodes.completed;
    await confirmOrRefuse(session, sayQuestion(preview), options.yes);
  }
  const { id } = await bulk.start.mutate(asked);
  const edit = await followBulkEdit(session, id);
  session.answer(edit, () => `\n${renderBulkEdit(edit)}`);
  return exitCodeOfBulkEdit(edit.status);
}

function readFilter(options: BulkOptions): RecordFilter {
  const filter = filterOf(options);
  if (narrows(filter)) return filter;
  const message = "Say which records with options such as --run RUN. See them: npx waybill records list";
  throw new CliFailure("wrong_usage", message);
}

function sayQuestion({ matched, lookedAt, changed }: BulkEditPreview): string {
  return lookedAt < matched ? `Make this change to all ${sayRecords(matched)}?` : `Change ${sayRecords(changed)}?`;
}
