import type { Command } from "commander";
import { shellWord } from "../../print/format.ts";
import { outJsonOption, outOption, saveDownload } from "../../save-download.ts";
import { type Session, withSession } from "../../session.ts";
import { addFilterOptions, addStateOption, filterOfState, type StateOptions } from "./filter-options.ts";

interface ExportOptions extends StateOptions {
  out?: string;
  json?: boolean;
}

const help = `
Correct the source's columns, and leave the column _waybill_id as it is; rows that need nothing may be taken out. The file
comes back with: npx waybill records import FILE`;

/** Adds `waybill records export`. */
export function addExport(records: Command): void {
  const command = records
    .command("export")
    .description("Rejected records as CSV, to correct in a spreadsheet: the source's columns, then where and why.");
  addFilterOptions(addStateOption(command))
    .option(...outOption)
    .option(...outJsonOption)
    .addHelpText("after", help)
    .action((options: ExportOptions) => withSession(options, (session) => exportRecords(session, options)));
}

async function exportRecords(session: Session, options: ExportOptions): Promise<undefined> {
  const { out } = options;
  const filter = encodeURIComponent(JSON.stringify(filterOfState(options)));
  const next = `Once it is corrected: npx waybill records import ${shellWord(out ?? "")}`;
  await saveDownload(session, { path: `records/errors.csv?filter=${filter}`, out, next });
  return undefined;
}
