import type { Command } from "commander";
import {
  cursorOption,
  emptyList,
  jsonOption,
  limitOption,
  moreLine,
  type PageOptions,
  readIdFrom,
} from "../../../options.ts";
import { renderBulkEdit, renderBulkEdits } from "../../../print/bulk-edit.ts";
import { type Session, withSession } from "../../../session.ts";
import { exitCodeOfBulkEdit, followBulkEdit } from "./follow-bulk-edit.ts";

const readId = readIdFrom("a bulk edit", "npx waybill records bulk list");

/** Adds what can be done with bulk edits once they are started: `list`, `show`, `stop` and `undo`. */
export function addKept(bulk: Command): void {
  bulk
    .command("list")
    .description("The bulk edits, newest first.")
    .option(...limitOption)
    .option(...cursorOption)
    .option(...jsonOption)
    .action((options: PageOptions) => withSession(options, (session) => list(session, options)));
  bulk
    .command("show")
    .description("A bulk edit: what it changes, how far it is, and what it has done.")
    .argument("<id>", "the bulk edit", readId)
    .option(...jsonOption)
    .action((bulkEdit: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const edit = await session.api.records.bulk.get.query({ bulkEdit });
        session.answer(edit, () => renderBulkEdit(edit));
        return undefined;
      }),
    );
  bulk
    .command("stop")
    .description("Stop a bulk edit after the part that is at work. What it has changed stays.")
    .argument("<id>", "the bulk edit", readId)
    .option(...jsonOption)
    .action((bulkEdit: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const edit = await session.api.records.bulk.stop.mutate({ bulkEdit });
        session.answer(edit, () => renderBulkEdit(edit));
        return undefined;
      }),
    );
  bulk
    .command("undo")
    .description("Take back what a bulk edit has changed, and wait for the end. What was changed since stays.")
    .argument("<id>", "the bulk edit", readId)
    .option(...jsonOption)
    .action((bulkEdit: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const { id } = await session.api.records.bulk.undo.mutate({ bulkEdit });
        const edit = await followBulkEdit(session, id);
        session.answer(edit, () => renderBulkEdit(edit));
        return exitCodeOfBulkEdit(edit.status);
      }),
    );
}

async function list(session: Session, { limit, cursor }: PageOptions): Promise<undefined> {
  const page = await session.api.records.bulk.list.query({ limit, cursor });
  session.answer(page, () => {
    if (page.items.length > 0) return renderBulkEdits(page) + moreLine(page.next);
    return emptyList("bulk edit", [cursor], "No bulk edits. See how to make one: npx waybill records bulk --help");
  });
  return undefined;
}
