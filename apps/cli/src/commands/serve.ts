import { serve } from "@waybill/server/serve";
import { readServerSettings } from "@waybill/server/settings";
import type { Command } from "commander";
import { pino } from "pino";
import { exitCodes } from "../failure.ts";
import { openSession } from "../session.ts";
import { runFirstSample } from "./serve/first-sample.ts";

const stopSignals = ["SIGINT", "SIGTERM"] as const;

export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("Start the server on this machine, with a Postgres of its own unless DATABASE_URL names one.")
    .action(async () => {
      try {
        await serveUntilStopped();
      } catch (error) {
        process.stderr.write(`Error: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = exitCodes.failed;
      }
    });
}

async function serveUntilStopped(): Promise<void> {
  const settings = readServerSettings(process.env);
  const stop = stopSignal();
  const log = pino({ level: "warn" }, pino.destination(2));
  const server = await serve(settings, log);
  try {
    if (settings.samples) await runFirstSample(openSession(server, false), settings.samplesFolder);
    process.stdout.write(`Waybill is ready at ${server.url}\n\n`);
    process.stdout.write(`Sign in (this link works once, for a day):\n  ${await server.signInLink()}\n\n`);
    process.stdout.write("In another terminal: npx waybill --help\nStop with Ctrl-C.\n");
    await stop;
    process.stdout.write("\nStopping...\n");
  } finally {
    await server.close();
  }
  process.stdout.write("Stopped. All data is kept.\n");
}

/** Resolves at the first signal to stop; later ones change nothing, since stopping is under way. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of stopSignals) process.on(signal, () => resolve());
  });
}
