import { version } from "@waybill/core/version";
import { Command, CommanderError } from "commander";
import { addDatasetsCommand } from "./commands/datasets.ts";
import { addIntegrationsCommand } from "./commands/integrations.ts";
import { addKeysCommand } from "./commands/keys.ts";
import { addNotificationsCommand } from "./commands/notifications.ts";
import { addRecordsCommand } from "./commands/records.ts";
import { addRunCommand } from "./commands/run.ts";
import { addRunsCommand } from "./commands/runs.ts";
import { addSchedulesCommand } from "./commands/schedules.ts";
import { addServeCommand } from "./commands/serve.ts";
import { addSetsCommand } from "./commands/sets.ts";
import { addSignInCommand } from "./commands/sign-in.ts";
import { addWorkersCommand } from "./commands/workers.ts";
import { CliFailure, exitCodes } from "./failure.ts";
import { tellFailure } from "./session.ts";

const help = `
Example:
  npx waybill run people-import --file people.csv --attach jobCodes=job-codes.csv --param effectiveDate=2026-11-01

A name that begins with - comes after --, as in: npx waybill runs show -- -name

Exit codes:
  0  Completed            3  Completed with Errors
  1  Failed, any error    4  not signed in or not allowed
  2  wrong usage          5  Cancelled
  130  Ctrl-C: the run goes on

Environment:
  WAYBILL_URL, WAYBILL_TOKEN   the server to talk to; by default the one that runs on this machine
  WAYBILL_HOME                 where that server keeps its token (.waybill in the checkout)`;

/** Runs the command that these parameters name. Whatever commander itself refuses is wrong usage. */
export async function runProgram(parameters: string[]): Promise<void> {
  const json = asksForJson(parameters);
  try {
    await buildProgram(json).parseAsync(parameters, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    process.exitCode = exitCodes.wrongUsage;
    if (json) tellFailure(new CliFailure("wrong_usage", sentenceOf(error)), json);
  }
}

/** Whether `--json` is among the options; after a lone `--` there are none. */
function asksForJson(parameters: string[]): boolean {
  const end = parameters.indexOf("--");
  return parameters.slice(0, end < 0 ? undefined : end).includes("--json");
}

function buildProgram(json: boolean): Command {
  const program = new Command("waybill")
    .description("Run, test, watch and correct data integrations.")
    .version(version)
    .showHelpAfterError("(add --help for what there is)")
    .addHelpText("after", help)
    .exitOverride();
  if (json) program.configureOutput({ writeErr: () => undefined });
  addServeCommand(program);
  addIntegrationsCommand(program);
  addRunCommand(program);
  addRunsCommand(program);
  addRecordsCommand(program);
  addSetsCommand(program);
  addSchedulesCommand(program);
  addNotificationsCommand(program);
  addKeysCommand(program);
  addDatasetsCommand(program);
  addWorkersCommand(program);
  addSignInCommand(program);
  return program;
}

/** What commander says, such as "error: unknown option '--jsno'" and a line with a guess, as sentences. */
function sentenceOf({ code, message }: CommanderError): string {
  const said = code === "commander.help" ? "name a command" : message.replace(/^error: /, "").replaceAll("\n", " ");
  const sentence = said.charAt(0).toUpperCase() + said.slice(1);
  return `${sentence}${/[.)]$/.test(sentence) ? "" : "."} Add --help for what there is.`;
}
