import type { Command } from "commander";
import { exitCodes } from "../failure.ts";
import { useFrugalAllocator } from "./serve/frugal-allocator.ts";

const help = `
Environment:
  HOST                where the server listens (127.0.0.1)
  PORT                and on which port (4600); 0 is any free one, as a worker takes it
  DATABASE_URL        a Postgres of yours, 13 or newer (Waybill starts its own)
  WAYBILL_HOME        the embedded Postgres, the master key, the token (.waybill in the checkout)
  WAYBILL_ROLE        all; web, which takes no runs; or worker, which does nothing else (all). Web and workers share
                      DATABASE_URL and WAYBILL_MASTER_KEY, and each has a WAYBILL_HOME of its own
  WAYBILL_MASTER_KEY  32 bytes in base64, as WAYBILL_HOME/master.key holds them, in place of that file
  WAYBILL_KEEP_RUNS_DAYS, WAYBILL_KEEP_FILES_DAYS, WAYBILL_KEEP_REJECTED_DAYS, WAYBILL_KEEP_LOGS_DAYS
                      how many days each is kept, or forever (90)
  WAYBILL_SMTP_URL, WAYBILL_MAIL_FROM
                      the SMTP server that e-mail of notifications goes by, such as
                      smtp://user:password@mail.example.com:587, and its sender; of web and workers alike (none)
  WAYBILL_PUBLIC_URL  where people reach the console, for the links in notifications (where it listens)
  WAYBILL_SAMPLES     on or off: install the samples in an empty Waybill (on)`;

/** Adds `waybill serve`: the server itself, in this process. */
export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("Start the server on this machine, with a Postgres of its own unless DATABASE_URL names one.")
    .addHelpText("after", help)
    .action(async () => {
      useFrugalAllocator();
      try {
        // The server is large; no other command needs it.
        const { serveUntilStopped } = await import("./serve/until-stopped.ts");
        await serveUntilStopped(process.env);
      } catch (error) {
        process.stderr.write(`Error: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = exitCodes.failed;
      }
    });
}
