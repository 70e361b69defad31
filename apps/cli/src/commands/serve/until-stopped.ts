import { type RunningServer, serve } from "@waybill/server/serve";
import { readServerSettings, type ServerSettings } from "@waybill/server/settings";
import { pino } from "pino";
import { exitCodes } from "../../failure.ts";
import { openSession } from "../../session.ts";
import { runFirstSample } from "./first-sample.ts";
import { openLog } from "./open-log.ts";

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const standardError = 2;
const usualStopMillisecondsMax = 28_000;

/**
 * Serves until a signal asks it to stop, then stops everything in order, and ends the process where that takes too long.
 * Throws when the server cannot start.
 */
export async function serveUntilStopped(
  environment: NodeJS.ProcessEnv,
  stopMillisecondsMax = usualStopMillisecondsMax,
): Promise<void> {
  const settings = readServerSettings(environment);
  const stop = stopSignal();
  const output = pino.destination(standardError);
  output.on("error", () => undefined);
  // Lines about every run are for a log that is kept; a person at a terminal wants to hear of faults alone.
  const level = process.stderr.isTTY ? "warn" : "info";
  const server = await serve(settings, openLog(level, output));
  try {
    if (settings.role === "worker") sayWorkerReady(server);
    else await welcome(server, settings);
    process.stdout.write("Stop with Ctrl-C.\n");
    await stop;
    process.stdout.write("\nStopping...\n");
    endWithin(stopMillisecondsMax);
  } finally {
    await server.close();
  }
  process.stdout.write("Stopped. All data is kept.\n");
}

function sayWorkerReady(server: RunningServer): void {
  process.stdout.write(`Waybill takes runs in this process, and says how it is at ${server.url}/readyz\n`);
  process.stdout.write("See all workers: npx waybill workers, where the web process runs\n");
}

async function welcome(server: RunningServer, { role, samples, samplesFolder }: ServerSettings): Promise<void> {
  if (samples && role === "all") await runFirstSample(openSession(server, false), samplesFolder);
  process.stdout.write(`Waybill is ready at ${server.url}\n\n`);
  process.stdout.write(`Sign in (this link works once, for a day):\n  ${await server.signInLink()}\n\n`);
  if (role === "web") process.stdout.write("This process takes no runs: start workers with WAYBILL_ROLE=worker.\n");
  process.stdout.write("In another terminal: npx waybill --help\n");
}

/** Whatever hangs while everything is stopped, such as a database that swallows all, does not keep the process. */
function endWithin(milliseconds: number): void {
  setTimeout(() => process.exit(exitCodes.failed), milliseconds).unref();
}

/** Resolves at the first signal to stop; later ones change nothing, since stopping is under way. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of stopSignals) process.on(signal, () => resolve());
  });
}
