import type { Command } from "commander";
import { addBulkChanges } from "./bulk/changes.ts";
import { addKept } from "./bulk/kept.ts";

const help = `
Only open records are changed, each is checked again at once, and all of it can be undone. A change is shown before it is
made; --preview shows it and no more. It is made on the server: Ctrl-C ends the waiting alone.

Examples:
  npx waybill records bulk replace email " at " @ --run RUN --field email
  npx waybill records bulk map job_code --file renamed.csv --integration people-import

A value that begins with - comes after --, as in: npx waybill records bulk set --run RUN -- hourly_rate -1

Exit codes: 0 Completed, 1 Failed, 5 Stopped.`;

/** Adds `waybill records bulk`: one change to all open records of a filter. */
export function addBulk(records: Command): void {
  const bulk = records
    .command("bulk")
    .description("Change one column of many open records at once. ID is a bulk edit's id.")
    .addHelpText("after", help);
  addBulkChanges(bulk);
  addKept(bulk);
}
