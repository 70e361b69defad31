import type { Command } from "commander";
import { exitCodes } from "../failure.ts";

const help = `
Environment:
  HOST              where the server listens (127.0.0.1)
  PORT              and on which port (4600, of a worker 0); 0 is any free one
  DATABASE_URL      a Postgres of yours, 13 or newer (Waybill starts its own)
  WAYBILL_HOME      the embedded Postgres, the master key, the token (.waybill in the checkout)
  WAYBILL_ROLE      all; or web, which answers people and takes no runs, or worker, which takes runs alone (all).
                    Web and worker processes share one DATABASE_URL, each with a WAYBILL_HOME of its own
  WAYBILL_MASTER_KEY  the master key that they share, 32 bytes in base64 (that of WAYBILL_HOME/master.key)
  WAYBILL_SAMPLES   on or off: install the samples in an empty Waybill (on)`;

/** Adds `waybill serve`: the server itself, in this process. */
export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("Start the server on this machine, with a Postgres of its own unless DATABASE_URL names one.")
    .addHelpText("after", help)
    .action(async () => {
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
