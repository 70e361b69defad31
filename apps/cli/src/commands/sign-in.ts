import type { Command } from "commander";
import { jsonOption } from "../options.ts";
import { withSession } from "../session.ts";
import { addressOf } from "../settings.ts";

/** Adds `waybill sign-in`: a link for a browser. */
export function addSignInCommand(program: Command): void {
  program
    .command("sign-in")
    .description("Make a link that signs one browser in, once, within a day.")
    .option(...jsonOption)
    .action((options: { json?: boolean }) =>
      withSession(options, async (session) => {
        const { path } = await session.api.system.makeSignInLink.mutate();
        const link = addressOf(session.connection, path.slice(1));
        session.answer({ link }, () => link);
        return undefined;
      }),
    );
}
