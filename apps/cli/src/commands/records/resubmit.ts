import type { Command } from "commander";
import { CliFailure, type ExitCode, toFailure } from "../../failure.ts";
import { jsonOption } from "../../options.ts";
import { type Session, withSession } from "../../session.ts";
import { type ChoiceOptions, chooseRecords, takeRecords } from "./choose-records.ts";
import { followResubmission } from "./follow-resubmission.ts";

interface ResubmitOptions extends ChoiceOptions {
  withIssues?: boolean;
  original?: boolean;
  detach?: boolean;
}

const help = `
Each run that the records came from gives a new one, of just those records, with its parameters and attachments. The
exit code is that of the worst of them: Failed, then Cancelled, Completed with Errors, Completed.`;

/** Adds `waybill records resubmit`. */
export function addResubmit(records: Command): void {
  takeRecords(records.command("resubmit"))
    .description("Run corrected records again, and no others, and wait for the end.")
    .option("--with-issues", "send records that still have issues, too")
    .option("--original", "by the version of the definition that they were turned away by, not the current one")
    .option("--detach", "start it and do not wait")
    .option(...jsonOption)
    .addHelpText("after", help)
    .action((ids: string[], options: ResubmitOptions) =>
      withSession(options, (session) => resubmit(session, ids, options)),
    );
}

/** The options that let go through what the server has refused. */
const remedies: Record<string, string> = {
  record_has_issues: "Add --with-issues to send them as they are.",
  definition_misfit: "Add --original for the definition that they came with.",
};

function withRemedy(error: unknown, { connection }: Session): CliFailure {
  const { code, message, details } = toFailure(error, connection.url);
  return new CliFailure(code, [message, remedies[code]].filter(Boolean).join(" "), details);
}

async function resubmit(session: Session, ids: string[], options: ResubmitOptions): Promise<ExitCode> {
  const { withIssues = false, original, detach } = options;
  const planned = { verb: "Resubmit", state: "open", readyOnly: !withIssues } as const;
  const of = await chooseRecords(session, ids, options, planned);
  const definition = original ? "original" : "current";
  const asked = session.api.records.resubmit.mutate({ of, withIssues, definition });
  const started = await asked.catch((error: unknown): never => {
    throw withRemedy(error, session);
  });
  return await followResubmission(session, started, { detach, toAnswer: (resubmission) => resubmission });
}
