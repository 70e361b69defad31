import { limits } from "@waybill/core/limits";
import { type Command, Option } from "commander";
import { CliFailure } from "../../failure.ts";
import { jsonOption, textUpTo } from "../../options.ts";
import { sayRecords } from "../../print/record.ts";
import { withSession } from "../../session.ts";
import { type ChoiceOptions, chooseRecords, takeRecords } from "./choose-records.ts";

/** Adds the commands that change whole records: `dismiss`, `reopen` and `assign`. */
export function addChanges(records: Command): void {
  const reason = textUpTo(limits.reasonCharactersMax);
  takeRecords(records.command("dismiss"))
    .description("Put open records aside, so that they are not resubmitted.")
    .requiredOption("--reason <text>", "why", reason)
    .option(...jsonOption)
    .action((ids: string[], options: ChoiceOptions & { reason: string }) =>
      withSession(options, async (session) => {
        const of = await chooseRecords(session, ids, options, { verb: "Dismiss", state: "open" });
        const result = await session.api.records.dismiss.mutate({ of, reason: options.reason });
        session.answer(result, () => `Dismissed ${sayRecords(result.changed)}.`);
        return undefined;
      }),
    );
  takeRecords(records.command("reopen"))
    .description("Open dismissed records again.")
    .option("--reason <text>", "why", reason)
    .option(...jsonOption)
    .action((ids: string[], options: ChoiceOptions & { reason?: string }) =>
      withSession(options, async (session) => {
        const of = await chooseRecords(session, ids, options, { verb: "Reopen", state: "dismissed" });
        const result = await session.api.records.reopen.mutate({ of, reason: options.reason });
        session.answer(result, () => `Reopened ${sayRecords(result.changed)}.`);
        return undefined;
      }),
    );
  takeRecords(records.command("assign"))
    .description("Say who is to look after open records.")
    .option("--to <name>", "the person", textUpTo(limits.assigneeCharactersMax))
    .addOption(new Option("--to-nobody", "leave them open to all").conflicts("to"))
    .option(...jsonOption)
    .action((ids: string[], options: ChoiceOptions & { to?: string; toNobody?: boolean }) =>
      withSession(options, async (session) => {
        const to = readAssignee(options);
        const of = await chooseRecords(session, ids, options, { verb: "Assign", state: "open" });
        const result = await session.api.records.assign.mutate({ of, to });
        session.answer(result, () => `Assigned ${sayRecords(result.changed)} to ${to ?? "nobody"}.`);
        return undefined;
      }),
    );
}

function readAssignee({ to, toNobody }: { to?: string; toNobody?: boolean }): string | null {
  if (to === undefined && !toNobody) {
    throw new CliFailure("wrong_usage", "Say who is to look after the records with --to NAME, or add --to-nobody.");
  }
  return to ?? null;
}
