import type { Command } from "commander";
import { addBulk } from "./records/bulk.ts";
import { addChanges } from "./records/changes.ts";
import { addEdit } from "./records/edit.ts";
import { addExport } from "./records/export.ts";
import { addImport } from "./records/import.ts";
import { addList } from "./records/list.ts";
import { addResubmit } from "./records/resubmit.ts";
import { addShow } from "./records/show.ts";

const help = `
A rejected record is open until it is resubmitted and accepted (resolved), or put aside (dismissed). The usual way:
  npx waybill records list --run RUN
  npx waybill records edit ID --set hire_date=2024-02-28
  npx waybill records resubmit --run RUN
Or many at once, in a spreadsheet:
  npx waybill records export --run RUN --out errors.csv
  npx waybill records import errors.csv --resubmit`;

/** Adds `waybill records`, the Transaction Assistant: rejected records, from the list to their resubmission. */
export function addRecordsCommand(program: Command): void {
  const records = program
    .command("records")
    .description(
      "Find rejected records, correct them, and resubmit just those. ID is a record's id, RUN a run's id or name.",
    )
    .addHelpText("after", help);
  addList(records);
  addShow(records);
  addEdit(records);
  addChanges(records);
  addResubmit(records);
  addExport(records);
  addImport(records);
  addBulk(records);
}
