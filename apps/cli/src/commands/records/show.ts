import type { Command } from "commander";
import { jsonOption } from "../../options.ts";
import { renderRecord } from "../../print/record-details.ts";
import { withSession } from "../../session.ts";
import { readId } from "./choose-records.ts";

/** Adds `waybill records show`. */
export function addShow(records: Command): void {
  records
    .command("show")
    .description("A rejected record: its columns, what is wrong with them, and all that has happened to it.")
    .argument("<id>", "the record", readId)
    .option(...jsonOption)
    .action((record: string, options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const details = await session.api.records.get.query({ record });
        session.answer(details, () => renderRecord(details));
        return undefined;
      }),
    );
}
