import type { RouterOutputs } from "@waybill/api";
import { type Command, InvalidArgumentError } from "commander";
import { CliFailure } from "../../failure.ts";
import { collectPairs, jsonOption } from "../../options.ts";
import { renderIssues, showValue } from "../../print/record.ts";
import { type Session, withSession } from "../../session.ts";
import { readId } from "./choose-records.ts";

interface EditOptions {
  set?: Record<string, string>;
  asLaidOut?: boolean;
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
    .option("--set <column=value>", "a column's new value, none to empty it; may be given several times", collectPairs)
    .option("--as-laid-out", "take a row that does not fit its columns as 'records show' lays it out under them")
    .option("--revision <number>", "refuse where somebody has changed the record since this revision", readRevision)
    .option(...jsonOption)
    .action((record: string, options: EditOptions) =>
      withSession(options, (session) => edit(session, record, options)),
    );
}

async function edit(session: Session, record: string, options: EditOptions): Promise<undefined> {
  const { set, asLaidOut } = options;
  if (!set && !asLaidOut) {
    throw new CliFailure("wrong_usage", "Say what to change with --set COLUMN=VALUE, or add --as-laid-out.");
  }
  const known = await session.api.records.get.query({ record });
  checkNames(Object.keys(set ?? {}), known);
  const revision = options.revision ?? known.revision;
  const edits = [{ record, revision, values: set ?? {} }];
  const { items, notes } = await session.api.records.edit.mutate({ edits });
  for (const edited of items) {
    const original = notes.some(({ code }) => code === "definition_misfit") ? " --original" : "";
    const next =
      edited.issues.length === 0
        ? `Saved. Nothing is wrong any more. Send it: npx waybill records resubmit ${record}${original}`
        : `Saved, but this is still wrong:\n\n${renderIssues(edited.issues)}`;
    session.answer(edited, () =>
      [...sayLost(edited), ...notes.map((note) => `Note: ${note.message}`), next].join("\n"),
    );
  }
  return undefined;
}

/** A name may be that of a column, and that of a field which is read from another one. */
function checkNames(names: string[], { columns, columnOfField }: RouterOutputs["records"]["get"]): void {
  for (const name of names) {
    const other = columnOfField[name];
    if (!columns.includes(name) || !other || other === name) continue;
    const field = Object.keys(columnOfField).find((key) => columnOfField[key] === name);
    const instead = field ? `, or the field ${JSON.stringify(field)} for the column of that name` : "";
    const message = `${JSON.stringify(name)} is a column, and also a field that is read from another one. Name the column ${JSON.stringify(other)}${instead}.`;
    throw new CliFailure("wrong_usage", message);
  }
}

/** A row that was too long for its header is laid out under it. */
function sayLost({ original, values }: { original: string[] | null; values: string[] }): string[] {
  const lost = (original ?? []).slice(values.length);
  if (lost.length === 0) return [];
  return [`Its row had more values than columns; these are not in it any more: ${lost.map(showValue).join(", ")}`];
}

function readRevision(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give the revision that 'npx waybill records show' told, a whole number.");
}
