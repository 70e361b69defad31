import { type Command, InvalidArgumentError } from "commander";
import { collectPairs, jsonOption } from "../../options.ts";
import { renderIssues } from "../../print/record.ts";
import { type Session, withSession } from "../../session.ts";
import { readId } from "./choose-records.ts";

interface EditOptions {
  set: Record<string, string>;
  revision?: number;
  json?: boolean;
}

/** Adds `waybill records edit`. */
export function addEdit(records: Command): void {
  records
    .command("edit")
    .description(
      "Correct an open record. It is checked again at once, and what is still wrong is said; that is no error.",
    )
    .argument("<id>", "the record", readId)
    .requiredOption(
      "--set <column=value>",
      "a column's new value, none to empty it; may be given several times",
      collectPairs,
    )
    .option("--revision <number>", "refuse where somebody has changed the record since this revision", readRevision)
    .option(...jsonOption)
    .action((record: string, options: EditOptions) =>
      withSession(options, (session) => edit(session, record, options)),
    );
}

async function edit(session: Session, record: string, options: EditOptions): Promise<undefined> {
  const revision = options.revision ?? (await session.api.records.get.query({ record })).revision;
  const { items } = await session.api.records.edit.mutate({ edits: [{ record, revision, values: options.set }] });
  for (const edited of items) {
    session.answer(edited, () =>
      edited.issues.length === 0
        ? `Saved. Nothing is wrong any more. Send it: npx waybill records resubmit ${record}`
        : `Saved, but this is still wrong:\n\n${renderIssues(edited.issues)}`,
    );
  }
  return undefined;
}

function readRevision(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give the revision that 'npx waybill records show' told, a whole number.");
}
