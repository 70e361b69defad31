import type { Command } from "commander";
import { exitCodes } from "../failure.ts";

export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("Start the server on this machine, with a Postgres of its own unless DATABASE_URL names one.")
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
