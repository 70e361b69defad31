import { plainTransforms } from "@waybill/core/definition/names";
import { Argument, type Command, InvalidArgumentError } from "commander";
import { jsonOption } from "../../../options.ts";
import type { BulkChange } from "../../../print/bulk-edit.ts";
import { withSession } from "../../../session.ts";
import { addFilterOptions } from "../filter-options.ts";
import { type BulkOptions, changeInBulk } from "./change-in-bulk.ts";
import { readPairs } from "./read-pairs.ts";

const mapHelp = `
The file is a CSV of two columns under a header row: the old value, then the new one. A value that is not in it stays.`;

/** Adds the changes that can be made in bulk: `set`, `replace`, `transform` and `map`. */
export function addBulkChanges(bulk: Command): void {
  const set = ofColumn(bulk.command("set"))
    .description("Give the column the same value in all of them.")
    .argument("<value>", "the value, '' for none");
  takeWhich(set).action((column: string, value: string, options: BulkOptions) =>
    change(options, () => ({ kind: "set", column, value })),
  );
  const replace = ofColumn(bulk.command("replace"))
    .description("Replace a text wherever it stands in the column's values.")
    .argument("<find>", "the text, or with --pattern what it is like", readText)
    .argument("<with>", "what is to stand there")
    .option("--pattern", "<find> is a pattern in the syntax of RE2; $1 in <with> is what its first group found");
  takeWhich(replace).action((column: string, find: string, to: string, options: BulkOptions & { pattern?: boolean }) =>
    change(options, () => ({ kind: "replace", column, find, with: to, pattern: options.pattern ?? false })),
  );
  const transform = ofColumn(bulk.command("transform"))
    .description("Do to the column's values what a transform of a definition does.")
    .addArgument(new Argument("<name>", "the transform").choices(plainTransforms));
  takeWhich(transform).action((column: string, name: (typeof plainTransforms)[number], options: BulkOptions) =>
    change(options, () => ({ kind: "transform", column, transform: name })),
  );
  const map = ofColumn(bulk.command("map"))
    .description("Change the column's values by a list of old and new ones.")
    .requiredOption("--file <pairs.csv>", "the list")
    .addHelpText("after", mapHelp);
  takeWhich(map).action((column: string, options: BulkOptions & { file: string }) =>
    change(options, async () => ({ kind: "map", column, values: await readPairs(options.file) })),
  );
}

function readText(text: string): string {
  if (text === "") throw new InvalidArgumentError("Say which text is to be replaced.");
  return text;
}

function ofColumn(command: Command): Command {
  return command.argument("<column>", "a column of the source, by its name");
}

function takeWhich(command: Command): Command {
  return addFilterOptions(command)
    .option("--preview", "show what would change, and change nothing")
    .option("--yes", "do not ask")
    .option(...jsonOption);
}

function change(options: BulkOptions, read: () => BulkChange | Promise<BulkChange>): Promise<void> {
  return withSession(options, async (session) => await changeInBulk(session, await read(), options));
}
