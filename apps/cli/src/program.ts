import { version } from "@waybill/core/version";
import { Command, type CommanderError } from "commander";
import { addDatasetsCommand } from "./commands/datasets.ts";
import { addIntegrationsCommand } from "./commands/integrations.ts";
import { addKeysCommand } from "./commands/keys.ts";
import { addRunCommand } from "./commands/run.ts";
import { addRunsCommand } from "./commands/runs.ts";
import { addServeCommand } from "./commands/serve.ts";
import { addSignInCommand } from "./commands/sign-in.ts";
import { exitCodes } from "./failure.ts";

const help = `
Exit codes:
  0  Completed            3  Completed with Errors
  1  Failed, any error    4  not signed in or not allowed
  2  wrong usage          5  Cancelled

Environment:
  WAYBILL_URL, WAYBILL_TOKEN   the server to talk to; by default the one that runs on this machine
  WAYBILL_HOME                 where that server keeps its token (.waybill in the checkout)`;

/** The whole command line. */
export function buildProgram(): Command {
  const program = new Command("waybill")
    .description("Run, test, watch and correct data integrations.")
    .version(version)
    .showHelpAfterError("(add --help for what there is)")
    .addHelpText("after", help);
  addServeCommand(program);
  addIntegrationsCommand(program);
  addRunCommand(program);
  addRunsCommand(program);
  addKeysCommand(program);
  addDatasetsCommand(program);
  addSignInCommand(program);
  exitWithWrongUsage(program);
  return program;
}

/** Whatever commander itself refuses is wrong usage. */
function exitWithWrongUsage(command: Command): void {
  command.exitOverride((error: CommanderError) => {
    process.exit(error.exitCode === 0 ? exitCodes.completed : exitCodes.wrongUsage);
  });
  for (const sub of command.commands) exitWithWrongUsage(sub);
}
